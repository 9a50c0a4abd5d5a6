"""XML of any size, element by element; no document type, no entity, nothing is fetched."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any
from xml.etree.ElementTree import Element, ParseError

from .base import Ask, Tabular, table_format, unreadable
from .normal import Record, as_table
from .records_json import no_records

SAFE: Any = importlib.import_module("defusedxml.ElementTree")
REFUSED: Any = importlib.import_module("defusedxml.common").DefusedXmlException


@table_format("xml")
def open_xml(path: Path, ask: Ask) -> Tabular:
    """The elements that the mapping names (`record: School`, or the end of their path `data/School`).

    Without a name they are the children of the outermost element.
    """
    table = as_table(
        lambda: _records(path, ask), ask.wanted, ask.scratch / "records.csv", typed=False, name=ask.name
    )
    if not table.rows and ask.options.get("record"):
        raise no_records(ask.name)
    return table


def _records(path: Path, ask: Ask) -> Iterator[Record]:
    with path.open("rb") as file:
        yield from read_xml(file, str(ask.options.get("record") or ""), ask.name)


def read_xml(file: IO[bytes], record: str, name: str) -> Iterator[Record]:
    """The records of a document.

    :param record: name of their element, or the end of its path
    :raises SourceError: it is no XML, or one with a document type
    """
    try:
        yield from _walk(file, [step for step in record.split("/") if step])
    except (ParseError, REFUSED, ValueError, RecursionError) as error:
        raise unreadable("XML", name, type(error).__name__) from None


def _walk(file: IO[bytes], wanted: list[str]) -> Iterator[Record]:
    above: list[Element] = []
    inside = 0
    for event, element in SAFE.iterparse(file, events=("start", "end"), forbid_dtd=True):
        if event == "start":
            above.append(element)
            inside += _is_record(above, wanted) or inside > 0
            continue
        above.pop()
        if inside == 1:
            yield dict(_values(element))
        if inside:
            inside -= 1
        if not inside and above:
            above[-1].remove(element)


def _is_record(above: list[Element], wanted: list[str]) -> bool:
    if not wanted:
        return len(above) == 2
    return [_name(one.tag) for one in above[-len(wanted) :]] == wanted


def _values(element: Element) -> Iterator[tuple[str, Any]]:
    """Attributes, then children; of children with one name the list, of a child with children its record."""
    for name, text in element.attrib.items():
        yield _name(name), text
    several: dict[str, list[Any]] = {}
    for child in element:
        several.setdefault(_name(child.tag), []).append(_value(child))
    for name, values in several.items():
        yield name, values[0] if len(values) == 1 else values
    if not several and not element.attrib:
        yield _name(element.tag), _text(element)


def _value(element: Element) -> Any:
    if len(element):
        return dict(_values(element))
    if any(_name(name) == "nil" and text in ("true", "1") for name, text in element.attrib.items()):
        return None
    return _text(element)


def _text(element: Element) -> str | None:
    return (element.text or "").strip() or None


def _name(tag: str) -> str:
    return tag.rpartition("}")[2]
