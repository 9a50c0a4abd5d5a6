"""Data structures and code lists by the library, which knows how they refer to each other.

It is imported when the first structure is read: it brings pandas along, for which neither pages nor the agent
should pay.
"""

from __future__ import annotations

import importlib
import io
from collections.abc import Iterator, Mapping
from contextlib import redirect_stdout
from typing import Any
from xml.etree.ElementTree import ParseError

from ckanext.roadmap.sources.tabular.base import unreadable

from .errors import SdmxError
from .root import check_root
from .structure import Structure, Words

SAFE: Any = importlib.import_module("defusedxml.ElementTree")
REFUSED: Any = importlib.import_module("defusedxml.common").DefusedXmlException
MOST_BYTES = 64 * 2**20
KIND = ("Structure",)
SCRIPTS = {"cyrl": "uz_Cyrl", "latn": "uz"}


def read_structure(body: bytes, name: str, flow: str = "") -> Structure:
    """The structure in a message of structures.

    :param flow: the dataflow whose structure is wanted, if there may be several
    :raises SourceError: there is none, or several
    """
    if len(body) > MOST_BYTES:
        raise SdmxError("sdmx_structure_large", most=MOST_BYTES)
    _check(body, name)
    try:
        sdmx: Any = importlib.import_module("sdmx")
        failed: Any = importlib.import_module("sdmx.exceptions").XMLParseError
    except ImportError:
        raise SdmxError("sdmx_missing") from None
    try:
        with redirect_stdout(io.StringIO()):  # the library prints what it cannot read
            message = sdmx.read_sdmx(io.BytesIO(body), format="XML")
            return _structure(_definition(message, flow))
    except (
        failed,
        RuntimeError,
        ValueError,
        LookupError,
        AttributeError,
        TypeError,
        AssertionError,
    ) as error:
        raise SdmxError("sdmx_structure", detail=type(error).__name__) from None


def _check(body: bytes, name: str) -> None:
    """The library's own parser takes document types: they are refused before it sees one."""
    try:
        for place, (_event, element) in enumerate(
            SAFE.iterparse(io.BytesIO(body), events=("start",), forbid_dtd=True)
        ):
            if not place:
                check_root(element.tag, name, KIND)
            element.clear()
    except (ParseError, REFUSED, ValueError) as error:
        raise unreadable("SDMX-ML", name, type(error).__name__) from None


def _definition(message: Any, flow: str) -> Any:
    found: dict[str, Any] = dict(message.structure.items())
    known: dict[str, Any] = dict(message.dataflow.items())
    if flow in known and known[flow].structure is not None:
        wanted = known[flow].structure
        return found.get(wanted.id, wanted)
    if len(found) != 1:
        told = ", ".join(sorted(found))[:200] or "-"
        raise SdmxError("sdmx_structure_many", found=told)
    return next(iter(found.values()))


def _structure(definition: Any) -> Structure:
    parts = [*definition.dimensions, *definition.attributes]
    ordered = sorted(definition.dimensions, key=lambda one: one.order or 0)
    measures = [one.id for one in definition.measures]
    dimensions = tuple(one.id for one in ordered if type(one).__name__ != "TimeDimension")
    if not dimensions:
        raise SdmxError("sdmx_structure", detail="-")
    codes = {one.id: dict(_codes(one)) for one in parts}
    return Structure(dimensions, codes, *measures[:1])


def _codes(part: Any) -> Iterator[tuple[str, Words]]:
    """The codes of a component's list, which may be told with the component or with its concept."""
    concept = getattr(part.concept_identity, "core_representation", None)
    for told in (part.local_representation, concept):
        enumerated = getattr(told, "enumerated", None)
        if enumerated is not None:
            for code in enumerated:
                yield code.id, _words(code.name.localizations)
            return


def _words(told: Mapping[str, str]) -> Words:
    """By the portal's languages; others stay under their own code."""
    return {_language(code): " ".join(text.split()) for code, text in told.items() if text and text.strip()}


def _language(code: str) -> str:
    language, *rest = code.replace("_", "-").lower().split("-")
    if language != "uz":
        return language
    return next((SCRIPTS[one] for one in rest if one in SCRIPTS), "uz")
