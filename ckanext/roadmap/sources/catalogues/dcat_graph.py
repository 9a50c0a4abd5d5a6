"""RDF as it comes from others: read without fetching anything it names, and without growing."""

from __future__ import annotations

import json
from pathlib import PurePosixPath
from typing import Any, cast
from urllib.parse import urlsplit
from xml.sax import SAXException

from rdflib import Graph
from rdflib.exceptions import ParserError

from ckanext.roadmap.sources.api.client import Answer
from ckanext.roadmap.sources.errors import SourceError

MEDIA = {
    "text/turtle": "turtle", "application/x-turtle": "turtle", "application/rdf+xml": "xml",
    "application/xml": "xml", "text/xml": "xml", "application/ld+json": "json-ld",
    "application/json": "json-ld",
}  # fmt: skip
ENDINGS = {".ttl": "turtle", ".rdf": "xml", ".xml": "xml", ".jsonld": "json-ld", ".json": "json-ld"}


def graph_of(answer: Answer) -> Graph:
    """The graph of an answer.

    :raises SourceError: it is in no known format, or names things that would have to be fetched
    """
    kind = _kind(answer)
    if kind == "xml" and (
        b"<!DOCTYPE" in answer.body or b"<!ENTITY" in answer.body or b"\x00" in answer.body
    ):
        raise _refused("a document type")
    try:
        if kind == "json-ld":
            _refuse_contexts(json.loads(answer.body))
        graph = Graph()
        graph.parse(data=answer.body, format=kind, publicID=answer.url)
    except (ValueError, SyntaxError, ParserError, SAXException, RecursionError, KeyError):
        raise _not_rdf() from None
    return graph


def _kind(answer: Answer) -> str:
    media = answer.headers.get("content-type", "").partition(";")[0].strip().lower()
    ending = PurePosixPath(urlsplit(answer.url).path).suffix.lower()
    kind = ENDINGS.get(ending) or MEDIA.get(media)
    if kind is None:
        raise _not_rdf()
    return kind


def _refuse_contexts(value: object) -> None:
    """A context that is an address would be fetched past every guard."""
    if isinstance(value, list):
        for one in cast("list[object]", value):
            _refuse_contexts(one)
    if isinstance(value, dict):
        for name, one in cast("dict[str, Any]", value).items():
            if name == "@import" or (name == "@context" and _has_address(one)):
                raise _refused("a context elsewhere")
            _refuse_contexts(one)


def _has_address(context: object) -> bool:
    parts = cast("list[object]", context) if isinstance(context, list) else [context]
    return any(isinstance(part, str) for part in parts)


def _refused(what: str) -> SourceError:
    return SourceError(
        "catalogue_refers", f"The feed refers to {what}, which is not followed.",
        "Ask its keeper for a feed that holds everything itself, for example in Turtle.", what=what,
    )  # fmt: skip


def _not_rdf() -> SourceError:
    return SourceError(
        "catalogue_not_rdf", "The feed is no Turtle, RDF/XML or JSON-LD that can be read.",
        "Check the address, which may end with .ttl, .rdf, .xml or .jsonld, or ask its keeper.",
    )  # fmt: skip
