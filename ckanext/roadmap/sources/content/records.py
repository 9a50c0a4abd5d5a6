"""Records in JSON: a list of objects is a table, anything else is compared as a canonical document."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any, cast

from ckanext.roadmap.domain.content import Content, Fingerprint, cell, is_stamp, of_document

_LISTS = ("data", "records", "result", "results", "rows", "items", "features", "value")
_WORDS = frozenset({"error", "errors", "warnings", "messages", "links", "fields", "columns", "schema"})
_DEEPEST = 4


def json_content(content: bytes, asked: frozenset[str]) -> Content:
    """The content of a JSON or JSON Lines file.

    :raises ValueError: it is neither
    """
    return document_content(json_value(content), asked)


def json_value(content: bytes) -> Any:
    """What a JSON or JSON Lines file holds; a number keeps all its digits.

    :raises ValueError: it is neither
    """
    text = content.decode("utf-8-sig")
    try:
        return json.loads(text, parse_float=Decimal)
    except json.JSONDecodeError:
        return [json.loads(line, parse_float=Decimal) for line in text.splitlines() if line.strip()]


def document_content(value: Any, asked: frozenset[str]) -> Content:
    """The content of a document: its one list of objects, or all of it."""
    rows = rows_of(value)
    if rows is not None:
        return records_content(rows, asked)
    return of_document(_hashed(value), _hashed(_unstamped(value)))


def records_content(
    records: Iterable[Mapping[str, Any]], asked: frozenset[str], columns: Sequence[str] = ()
) -> Content:
    """The content of records; what is nested in them is named by its path."""
    rows = [dict(_flat(record)) for record in records]
    names = sorted({name for row in rows for name in row} or set(columns))
    taken = Fingerprint(names, asked)
    for row in rows:
        taken.add([_cell(row.get(name)) for name in names])
    return taken.content()


def rows_of(value: Any) -> list[dict[str, Any]] | None:
    """The one list of objects of a document, at its top or within objects; None: it has none, or several."""
    if isinstance(value, list):
        rows = cast("list[Any]", value)
        return rows if all(isinstance(row, dict) for row in rows) else None
    if not isinstance(value, dict):
        return None
    found = _lists(cast("dict[str, Any]", value), 0)
    return found[0] if len(found) == 1 else None


def _lists(document: dict[str, Any], depth: int) -> list[list[dict[str, Any]]]:
    here = {name: value for name, value in document.items() if name.lower() not in _WORDS}
    named = [
        rows
        for name in _LISTS
        if isinstance(here.get(name), list)
        if (rows := rows_of(here[name])) is not None
    ]
    if len(named) == 1:
        return named
    found: list[list[dict[str, Any]]] = []
    for value in here.values():
        if isinstance(value, dict) and depth < _DEEPEST:
            found += _lists(cast("dict[str, Any]", value), depth + 1)
        elif value and isinstance(value, list) and (rows := rows_of(value)) is not None:
            found.append(rows)
    return found


def _flat(record: Mapping[str, Any], inside: str = "") -> Iterator[tuple[str, Any]]:
    """Names and values; the properties of a feature on a map are its columns."""
    for name, value in record.items():
        if isinstance(value, dict) and value:
            is_feature = not inside and name == "properties" and record.get("type") == "Feature"
            yield from _flat(cast("dict[str, Any]", value), "" if is_feature else f"{inside}{name}.")
        else:
            yield f"{inside}{name}", value


def _cell(value: Any) -> object:
    return _canonical(value) if isinstance(value, dict | list | tuple) else value


def _unstamped(value: Any) -> Any:
    """A document without what only tells when it was written."""
    if isinstance(value, dict):
        parts = cast("dict[str, Any]", value)
        return {name: _unstamped(part) for name, part in parts.items() if not is_stamp(name)}
    return [_unstamped(part) for part in cast("list[Any]", value)] if isinstance(value, list) else value


def _hashed(value: Any) -> str:
    return hashlib.sha256(_canonical(value).encode("utf-8", "surrogatepass")).hexdigest()


def _canonical(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=cell)
