"""Rows of the present portal of Uzbekistan."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, cast

from ckanext.roadmap.domain.text import Text
from ckanext.roadmap.sources.api.errors import CountError

from .asking import Asker, entry
from .base import Record, RowColumn, RowsLook
from .egov_answers import TEXTS, listed, text_of

PATH = "apiClient/Main/GetMainData"
LIMIT = 1000
KINDS = ("default", "number", "data", "text")
"""Where a cell has its value: `default` for every kind that has been seen."""


def first(asker: Asker, key: str) -> object:
    """The first page of a dataset's rows: most datasets have no other."""
    return _ask(asker, key, LIMIT, 0)


def look(document: object) -> RowsLook:
    """Columns and number of rows, by the first page; columns that are told nowhere are read off a row."""
    rows, total = listed(document)
    columns = [RowColumn(name, _title(field)) for field in _fields(document) if (name := _name(field))]
    if not columns and rows:
        columns = [RowColumn(name) for name in _cells(rows[0])]
    return RowsLook(tuple(columns), len(rows) if total is None else total)


def records(asker: Asker, key: str, document: object = None) -> Iterator[Record]:
    """The rows of a dataset, each once.

    :param document: the first page, if it was read already
    :raises SourceError: a page cannot be read, or fewer rows came than there are
    """
    seen, offset, expected = set[str](), 0, 0
    while True:
        rows, total = listed(document or _ask(asker, key, LIMIT, offset))
        document = None
        expected = max(expected, total or 0)
        for place, row in enumerate(rows, offset):
            name = str(row.get("id") or f"#{place}")
            if name not in seen:
                seen.add(name)
                yield {column: value_of(cell) for column, cell in _cells(row).items()}
        offset += len(rows)
        if not rows or offset >= expected:
            break
    if len(seen) < expected:
        raise CountError(expected, len(seen))


def value_of(cell: object) -> Any:
    """The value of a cell; a text in several languages is told in the portal's first that it has."""
    if not isinstance(cell, Mapping):
        return cell
    given = cast("Mapping[str, Any]", cell)
    found = next((given[kind] for kind in KINDS if given.get(kind) is not None), None)
    return text_of(cast("object", found)).pick("uz") if isinstance(found, Mapping) else found


def _ask(asker: Asker, key: str, limit: int, offset: int) -> object:
    question: dict[str, object] = {"guidId": key, "fields": dict[str, str]()}
    question |= {"limit": limit, "offset": offset}
    return asker.post(PATH, {"GuidId": key}, question)


def _fields(document: object) -> list[object]:
    found = entry(entry(document, "result"), "tableFields")
    return cast("list[object]", found) if isinstance(found, list) else []


def _cells(row: Mapping[str, Any]) -> Mapping[str, object]:
    found: object = row.get("tableColumn")
    return cast("Mapping[str, object]", found) if isinstance(found, Mapping) else {}


def _name(field: object) -> str:
    return str(field if isinstance(field, str) else entry(field, "name") or "").strip()


def _title(field: object) -> Text:
    """The first of a field's values that is a text in the portal's languages."""
    if isinstance(field, Mapping):
        for value in cast("Mapping[str, Any]", field).values():
            if isinstance(value, Mapping) and any(name in value for name in TEXTS.values()):
                return text_of(cast("object", value))
    return Text()
