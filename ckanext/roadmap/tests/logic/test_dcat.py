"""Datasets and the approved list as DCAT: read back by rdflib, which knows nothing of us."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from pyshacl import validate
from rdflib import DCAT, DCTERMS, RDF, Graph, Literal, Namespace, URIRef

from ckan.tests import factories

from ckanext.roadmap.presentation import dcat_list
from ckanext.roadmap.tests import country
from ckanext.roadmap.tests.country import act

DCATAP = Namespace("http://data.europa.eu/r5r/")
ELI = Namespace("http://data.europa.eu/eli/ontology#")
VCARD = Namespace("http://www.w3.org/2006/vcard/ns#")
AUTHORITY = "http://publications.europa.eu/resource/authority/"
READERS = {"ttl": "turtle", "rdf": "xml", "xml": "xml", "jsonld": "json-ld"}
PLUGINS = "roadmap datastore activity scheming_datasets harvest dcat"

pytestmark = [
    pytest.mark.ckan_config("ckan.plugins", PLUGINS),
    pytest.mark.ckan_config("ckanext.dcat.rdf.profiles", "roadmap"),
    pytest.mark.usefixtures("with_plugins", "in_force"),
]


@pytest.fixture
def published():
    """The schools of the Ministry of Education, linked to E-01."""
    dataset = factories.Dataset(
        name="schools",
        title="Maktablar",
        title_translated={"uz": "Maktablar", "uz_Cyrl": "Мактаблар", "ru": "Школы"},
        notes_translated={"uz": "Barcha maktablar", "ru": "Все школы"},
        owner_org="ministry-education",
        identifier="1-002-0001",
        frequency="quarterly",
        region="1703",
        contact_name="A. Karimov",
        contact_email="a.karimov@example.org",
        contact_phone="+998 71 200-00-00",
    )
    factories.Resource(package_id=dataset["id"], url="https://example.org/schools.csv", format="CSV")
    owed = act("roadmap_unmatched_obligation_list", q="E-01")["obligations"][0]
    link = act("roadmap_publication_propose", obligation=owed["id"], dataset="schools")
    act("roadmap_publication_confirm", id=link["id"])
    return dataset


def read(app, address, kind):
    """The graph at an address, which keeps to the official shapes of DCAT-AP 3."""
    answer = app.get(address, status=200)
    graph = Graph().parse(data=answer.body, format=READERS[kind])
    conforms, report = checked(graph)
    assert conforms, report
    return graph


@cache
def shapes():
    return Graph().parse(Path(__file__).parent / "shacl" / "dcat-ap-3.ttl")


def checked(graph):
    conforms, _results, report = validate(graph, shacl_graph=shapes())
    return conforms, report


def the_dataset(graph):
    (found,) = graph.subjects(RDF.type, DCAT.Dataset)
    return found


@pytest.mark.parametrize("kind", ["ttl", "xml", "jsonld"])
def test_a_dataset_carries_the_law_and_its_passport(app, published, kind):
    graph = read(app, f"/dataset/schools.{kind}", kind)
    dataset = the_dataset(graph)
    law = graph.value(dataset, DCATAP.applicableLegislation)
    assert str(law).endswith("/approved-list/E-01")
    assert (law, RDF.type, ELI.LegalResource) in graph
    assert (law, DCTERMS.description, Literal("list")) in graph
    assert (law, DCTERMS.title, Literal("Школы", lang="ru")) in graph
    assert (dataset, DCTERMS.identifier, Literal("1-002-0001")) in graph
    assert (dataset, DCTERMS.accrualPeriodicity, URIRef(f"{AUTHORITY}frequency/QUARTERLY")) in graph
    assert graph.value(graph.value(dataset, DCTERMS.spatial), DCTERMS.identifier) == Literal("1703")
    titles = {title.language: str(title) for title in graph.objects(dataset, DCTERMS.title)}
    assert titles == {"uz": "Maktablar", "uz-Cyrl": "Мактаблар", "ru": "Школы"}
    told = {text.language: str(text) for text in graph.objects(dataset, DCTERMS.description)}
    assert told == {"uz": "Barcha maktablar", "ru": "Все школы"}
    contact = graph.value(dataset, DCAT.contactPoint)
    assert str(graph.value(contact, VCARD.fn)) == "A. Karimov"
    assert str(graph.value(contact, VCARD.hasEmail)) == "mailto:a.karimov@example.org"
    assert str(graph.value(contact, VCARD.hasTelephone)) == "tel:+998712000000"


def test_a_dataset_that_answers_nothing_names_no_law_and_covers_the_country(app):
    factories.Dataset(name="roads", title="Yo'llar", owner_org="hokimiyat-andijan")
    graph = read(app, "/dataset/roads.ttl", "ttl")
    dataset = the_dataset(graph)
    assert list(graph.objects(dataset, DCATAP.applicableLegislation)) == []
    assert (dataset, DCTERMS.spatial, URIRef(f"{AUTHORITY}country/UZB")) in graph


def test_a_proposed_link_is_no_law(app):
    factories.Dataset(name="proposed", owner_org="ministry-education", item_code="E-01")
    assert act("roadmap_publication_list", state="proposed")["count"] == 1
    graph = read(app, "/dataset/proposed.ttl", "ttl")
    assert list(graph.triples((None, DCATAP.applicableLegislation, None))) == []


def test_the_catalogue_has_every_dataset_with_its_law(app, published):
    graph = read(app, "/catalog.ttl", "ttl")
    assert len(list(graph.subjects(RDF.type, DCAT.Dataset))) == 1
    assert len(list(graph.triples((None, DCATAP.applicableLegislation, None)))) == 1
    (catalog,) = graph.subjects(RDF.type, DCAT.Catalog)
    assert graph.value(catalog, DCTERMS.language) == URIRef(f"{AUTHORITY}language/ENG")
    assert graph.value(catalog, DCTERMS.publisher) is not None
    (file,) = graph.subjects(RDF.type, DCAT.Distribution)
    assert graph.value(file, DCTERMS["format"]) == URIRef(f"{AUTHORITY}file-type/CSV")
    assert str(graph.value(file, DCAT.mediaType)).endswith("/media-types/text/csv")


@pytest.mark.parametrize("kind", dcat_list.FORMATS)
def test_the_approved_list_is_a_catalogue_of_what_is_owed(app, kind):
    graph = read(app, f"/approved-list?format={kind}", kind)
    (catalog,) = graph.subjects(RDF.type, DCAT.Catalog)
    datasets = list(graph.objects(catalog, DCAT.dataset))
    codes = {str(graph.value(dataset, DCTERMS.identifier)) for dataset in datasets}
    assert codes == {"E-01", "F-01", "F-02"}
    by_code = {str(graph.value(dataset, DCTERMS.identifier)): dataset for dataset in datasets}
    schools = by_code["E-01"]
    law = graph.value(schools, DCATAP.applicableLegislation)
    assert graph.value(law, DCTERMS.description) == Literal("list")
    assert graph.value(schools, DCTERMS.accrualPeriodicity) == URIRef(f"{AUTHORITY}frequency/QUARTERLY")
    assert Literal("Школы", lang="ru") in set(graph.objects(schools, DCTERMS.title))
    assert graph.value(catalog, DCTERMS.issued).value.isoformat() == "2023-01-20"


def test_the_list_tells_decision_indicators_and_personal_data(app):
    act("roadmap_list_version_create", year=2024)
    asked = {"odin_indicators": "SCIN:4", "personal_data": "none"}
    act("roadmap_item_update", year=2024, number=1, code="E-01", **asked)
    country.approve(year=2024, day="2024-01-20", decision_document="https://lex.uz/docs/1")
    graph = read(app, "/approved-list?format=ttl&sphere=education", "ttl")
    (catalog,) = graph.subjects(RDF.type, DCAT.Catalog)
    assert graph.value(catalog, DCATAP.applicableLegislation) == URIRef("https://lex.uz/docs/1")
    (dataset,) = graph.subjects(RDF.type, DCAT.Dataset)
    subjects = set(graph.objects(dataset, DCTERMS.subject))
    assert subjects == {URIRef("urn:odin:2"), URIRef("urn:odin:SCIN:4")}
    assert graph.value(dataset, URIRef("https://w3id.org/dpv#hasData")) == URIRef(
        "https://w3id.org/dpv#NonPersonalData"
    )


def test_the_shapes_find_what_is_missing(app):
    graph = read(app, "/approved-list?format=ttl", "ttl")
    (catalog,) = graph.subjects(RDF.type, DCAT.Catalog)
    graph.remove((catalog, DCTERMS.publisher, None))
    conforms, report = checked(graph)
    assert not conforms
    assert "publisher" in report


def test_what_is_asked_of_the_list_narrows_its_catalogue(app):
    graph = read(app, "/approved-list?format=ttl&sphere=education", "ttl")
    assert len(list(graph.subjects(RDF.type, DCAT.Dataset))) == 1
