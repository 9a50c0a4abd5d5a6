"""Words of DCAT-AP that the passport and the approved list are told in."""

from __future__ import annotations

from collections.abc import Mapping

from rdflib import DCTERMS, RDF, BNode, Graph, Literal, Namespace, URIRef

ELI = Namespace("http://data.europa.eu/eli/ontology#")
DCATAP = Namespace("http://data.europa.eu/r5r/")
LOCN = Namespace("http://www.w3.org/ns/locn#")
DPV = Namespace("https://w3id.org/dpv#")
PERSONAL: dict[str, URIRef] = {
    "none": DPV.NonPersonalData,
    "depersonalised": DPV.AnonymisedData,
    "public": DPV.PersonalData,
}
ADMS = Namespace("http://www.w3.org/ns/adms#")
_AUTHORITY = "http://publications.europa.eu/resource/authority/"
COUNTRY = URIRef(f"{_AUTHORITY}country/UZB")
MEDIA_TYPES = "http://www.iana.org/assignments/media-types/"
FILE_TYPES = f"{_AUTHORITY}file-type/"
LANGUAGES = {
    code: URIRef(f"{_AUTHORITY}language/{name}")
    for code, name in {"uz": "UZB", "uz_Cyrl": "UZB", "ru": "RUS", "en": "ENG"}.items()
}
TAGS = {"uz": "uz", "uz_Cyrl": "uz-Cyrl", "ru": "ru", "en": "en"}
FREQUENCIES: dict[str, URIRef] = {
    code: URIRef(f"{_AUTHORITY}frequency/{name}")
    for code, name in {
        "continuous": "CONT",
        "daily": "DAILY",
        "weekly": "WEEKLY",
        "monthly": "MONTHLY",
        "quarterly": "QUARTERLY",
        "half_yearly": "ANNUAL_2",
        "annual": "ANNUAL",
        "once": "NEVER",
    }.items()
}


def texts(graph: Graph, subject: URIRef | BNode, predicate: URIRef, text: Mapping[str, str]) -> None:
    """A text once in each language that it is written in."""
    for lang, written in text.items():
        if lang in TAGS and written:
            graph.add((subject, predicate, Literal(written, lang=TAGS[lang])))


def frequency(graph: Graph, subject: URIRef, code: str | None) -> None:
    """How often data are due, by the European list of frequencies."""
    term = FREQUENCIES.get(code or "")
    if term is not None:
        graph.add((subject, DCTERMS.accrualPeriodicity, term))
        graph.add((term, RDF.type, DCTERMS.Frequency))


def legislation(
    graph: Graph, subject: URIRef, address: URIRef, code: str, title: Mapping[str, str], basis: str | None
) -> None:
    """The item of the approved list that makes publishing a duty, with the law it rests on.

    :param address: the item's page
    """
    graph.add((subject, DCATAP.applicableLegislation, address))
    graph.add((address, RDF.type, ELI.LegalResource))
    graph.add((address, DCTERMS.identifier, Literal(code)))
    texts(graph, address, DCTERMS.title, title)
    if basis:
        graph.add((address, DCTERMS.description, Literal(basis)))
