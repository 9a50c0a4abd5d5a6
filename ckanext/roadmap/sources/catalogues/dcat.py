"""A feed in DCAT: Turtle, RDF/XML or JSON-LD, page by page as Hydra tells."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlsplit

from rdflib import DCAT, DCTERMS, FOAF, RDF, SKOS, Graph, Literal, Namespace, URIRef
from rdflib.term import Node

from ckanext.roadmap.domain.origin import Origin, OriginFile, OriginState, Publisher, Remark
from ckanext.roadmap.domain.text import Text

from .base import Catalogue, Page, catalogue
from .dcat_graph import graph_of
from .instants import instant

HYDRA = Namespace("http://www.w3.org/ns/hydra/core#")
VCARD = Namespace("http://www.w3.org/2006/vcard/ns#")
ADMS = Namespace("http://www.w3.org/ns/adms#")
NEXT = (HYDRA.next, HYDRA.nextPage)
LANGUAGES = {"uz": "uz", "uz-latn": "uz", "uz-cyrl": "uz_Cyrl", "ru": "ru", "en": "en", "": "uz"}


@catalogue
class DcatCatalogue(Catalogue):
    """`dcat+https://HOST/catalog.ttl`: its datasets, with links to their files."""

    scheme = "dcat"

    def page(self, at: str) -> Page:
        """The datasets of a page; the address of the next one stands in it."""
        graph = graph_of(self.asker.get(at or self.base))
        nodes = sorted(set(graph.subjects(RDF.type, DCAT.Dataset)), key=str)
        onward = next((str(found) for term in NEXT for found in graph.objects(None, term)), "")
        total = next((found for found in graph.objects(None, HYDRA.totalItems)), None)
        count = int(str(total)) if total is not None and str(total).isdigit() else None
        items = [_origin(graph, node) for node in nodes]
        unnamed = tuple(Remark("without_key") for one in items if not one.key)
        return Page([one for one in items if one.key], onward, count, unnamed)


def _origin(graph: Graph, node: Node) -> Origin:
    created, first = instant(_one(graph, node, DCTERMS.issued))
    updated, second = instant(_one(graph, node, DCTERMS.modified))
    identifier = _one(graph, node, DCTERMS.identifier) or ""
    state = _last(_one(graph, node, ADMS.status) or "")
    contact = next(iter(graph.objects(node, DCAT.contactPoint)), None)
    return Origin(
        key=str(node) if isinstance(node, URIRef) else identifier,
        title=_text(graph, node, DCTERMS.title),
        identifier=identifier if not urlsplit(identifier).scheme else "",
        slug=_last(str(node)),
        notes=_text(graph, node, DCTERMS.description),
        publisher=_publisher(graph, node),
        spheres=tuple(_label(graph, theme) for theme in graph.objects(node, DCAT.theme)),
        state=OriginState.outdated if state.lower() == "deprecated" else OriginState.unsaid,
        created=created,
        updated=updated,
        files=tuple(_files(graph, node)),
        tags=tuple(sorted({str(tag) for tag in graph.objects(node, DCAT.keyword)})),
        licence="",
        contact={} if contact is None else _contact(graph, contact),
        url=_one(graph, node, DCAT.landingPage) or (str(node) if isinstance(node, URIRef) else ""),
        remarks=(*first, *second, *_licence(graph, node)),
    )


def _publisher(graph: Graph, node: Node) -> Publisher:
    found = next(iter(graph.objects(node, DCTERMS.publisher)), None)
    if found is None:
        return Publisher()
    title = _text(graph, found, FOAF.name)
    stir = _one(graph, found, DCTERMS.identifier) or ""
    key = str(found) if isinstance(found, URIRef) else title.pick("uz")
    return Publisher(key, title, stir if stir.isdigit() else "", _last(key) if "/" in key else "")


def _files(graph: Graph, node: Node) -> Iterable[OriginFile]:
    for one in sorted(graph.objects(node, DCAT.distribution), key=str):
        url = _one(graph, one, DCAT.downloadURL) or _one(graph, one, DCAT.accessURL) or ""
        written = _one(graph, one, DCTERMS["format"]) or _one(graph, one, DCAT.mediaType) or ""
        notes = _text(graph, one, DCTERMS.description).pick("uz")
        yield OriginFile(url, _text(graph, one, DCTERMS.title).pick("uz"), _last(written), notes)


def _contact(graph: Graph, node: Node) -> dict[str, str]:
    email = (_one(graph, node, VCARD.hasEmail) or "").removeprefix("mailto:")
    found = {"name": _one(graph, node, VCARD.fn) or "", "email": email}
    return {name: value for name, value in found.items() if value}


def _licence(graph: Graph, node: Node) -> tuple[Remark, ...]:
    """A licence is an address there and a code here: told, and not guessed."""
    terms = {
        str(found)
        for one in (node, *graph.objects(node, DCAT.distribution))
        for found in graph.objects(one, DCTERMS.license)
    }
    return tuple(Remark("licence_unknown", found[:80]) for found in sorted(terms))  # fmt: skip


def _label(graph: Graph, node: Node) -> Text:
    found = _text(graph, node, SKOS.prefLabel)
    return found if found.to_dict() else Text(uz=_last(str(node)))


def _text(graph: Graph, node: Node, term: URIRef) -> Text:
    found: dict[str, object] = {}
    for value in sorted(graph.objects(node, term), key=str):
        language = (value.language or "").lower() if isinstance(value, Literal) else ""
        if language in LANGUAGES:
            found.setdefault(LANGUAGES[language], str(value))
    return Text.from_dict(found)


def _one(graph: Graph, node: Node, term: URIRef) -> str | None:
    found = sorted(str(value) for value in graph.objects(node, term))
    return found[0].strip() if found else None


def _last(address: str) -> str:
    """The end of an address, which is mostly the name of what it leads to."""
    return address.rstrip("/").rpartition("/")[2].rpartition("#")[2] or address
