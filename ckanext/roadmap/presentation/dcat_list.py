"""The approved list as a DCAT catalogue: one dataset for each item, whether it is published yet or not."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from rdflib import DCAT, DCTERMS, FOAF, RDF, SKOS, XSD, BNode, Graph, Literal, URIRef

from .dcat_terms import COUNTRY, DCATAP, DPV, ELI, LOCN, PERSONAL, frequency, legislation, texts
from .odin_words import words_of

FORMATS: dict[str, tuple[str, str]] = {
    "ttl": ("turtle", "text/turtle"),
    "rdf": ("pretty-xml", "application/rdf+xml"),
    "jsonld": ("json-ld", "application/ld+json"),
}
Address = Callable[[str], str]


def content(
    kind: str, version: Mapping[str, Any], items: Iterable[Mapping[str, Any]], base: str, address: Address
) -> str:
    """The catalogue in one of the formats.

    :param base: address of the page of the list's version
    :param address: the address of an item's page, by its code
    """
    return graph(version, items, base, address).serialize(format=FORMATS[kind][0])


def graph(
    version: Mapping[str, Any], items: Iterable[Mapping[str, Any]], base: str, address: Address
) -> Graph:
    """The catalogue as a graph."""
    found = Graph()
    for prefix, namespace in (("dcatap", DCATAP), ("dpv", DPV), ("eli", ELI), ("locn", LOCN)):
        found.bind(prefix, namespace)
    catalog = URIRef(base)
    found.add((catalog, RDF.type, DCAT.Catalog))
    named = f"{version['year']}/{version['number']}"
    for lang, title in TITLES.items():
        found.add((catalog, DCTERMS.title, Literal(f"{title} {named}", lang=lang)))
        found.add((catalog, DCTERMS.description, Literal(DESCRIPTIONS[lang], lang=lang)))
    found.add((catalog, DCTERMS.identifier, Literal(named)))
    if version.get("decision_document"):
        decision = URIRef(version["decision_document"])
        found.add((catalog, DCATAP.applicableLegislation, decision))
        found.add((decision, RDF.type, ELI.LegalResource))
        found.add((decision, DCTERMS.identifier, Literal(version["decision_number"])))
    if version.get("decision_date"):
        found.add((catalog, DCTERMS.issued, Literal(version["decision_date"], datatype=XSD.date)))
    publisher = _publisher(found)
    found.add((catalog, DCTERMS.publisher, publisher))
    _country(found, catalog)
    for item in items:
        _item(found, catalog, item, URIRef(address(str(item["code"]))))
    return found


TITLES = {
    "uz": "Ochiq ma’lumotlar to‘plamlarining tasdiqlangan ro‘yxati",
    "uz-Cyrl": "Очиқ маълумотлар тўпламларининг тасдиқланган рўйхати",
    "ru": "Утверждённый перечень наборов открытых данных",
    "en": "Approved list of open datasets",
}
DESCRIPTIONS = {
    "uz": "Davlat organlari e’lon qilishi shart bo‘lgan ma’lumotlar to‘plamlari",
    "uz-Cyrl": "Давлат органлари эълон қилиши шарт бўлган маълумотлар тўпламлари",
    "ru": "Наборы данных, которые государственные органы обязаны публиковать",
    "en": "Datasets that state bodies are bound to publish",
}


def _item(found: Graph, catalog: URIRef, item: Mapping[str, Any], page: URIRef) -> None:
    dataset = URIRef(f"{page}#dataset")
    found.add((catalog, DCAT.dataset, dataset))
    found.add((dataset, RDF.type, DCAT.Dataset))
    found.add((dataset, DCTERMS.identifier, Literal(item["code"])))
    texts(found, dataset, DCTERMS.title, item["title"])
    texts(found, dataset, DCTERMS.description, item["title"])
    found.add((dataset, DCAT.landingPage, page))
    found.add((page, RDF.type, FOAF.Document))
    for column in item["columns"]:
        found.add((dataset, DCAT.keyword, Literal(column)))
    frequency(found, dataset, item["term"]["frequency"])
    if personal := PERSONAL.get(item.get("personal_data") or ""):
        found.add((dataset, DPV.hasData, personal))
    for code in (*item["odin"], *item.get("odin_indicators", ())):
        _odin(found, dataset, str(code))
    _country(found, dataset)
    legislation(found, dataset, page, str(item["code"]), item["title"], item.get("legal_basis"))


def _odin(found: Graph, dataset: URIRef, code: str) -> None:
    """A category or indicator of the Open Data Inventory as a subject."""
    concept = URIRef(f"urn:odin:{code}")
    found.add((dataset, DCTERMS.subject, concept))
    found.add((concept, RDF.type, SKOS.Concept))
    found.add((concept, SKOS.notation, Literal(code)))
    found.add((concept, SKOS.prefLabel, Literal(f"ODIN: {', '.join(words_of(code))}", lang="en")))


def _country(found: Graph, subject: URIRef) -> None:
    found.add((subject, DCTERMS.spatial, COUNTRY))
    found.add((COUNTRY, RDF.type, DCTERMS.Location))


def _publisher(found: Graph) -> BNode:
    """Who approves the list."""
    agent = BNode()
    found.add((agent, RDF.type, FOAF.Agent))
    for lang, name in PUBLISHER.items():
        found.add((agent, FOAF.name, Literal(name, lang=lang)))
    return agent


PUBLISHER = {
    "uz": "Muvofiqlashtiruvchi komissiya",
    "uz-Cyrl": "Мувофиқлаштирувчи комиссия",
    "ru": "Координационная комиссия",
    "en": "Coordination Commission",
}
