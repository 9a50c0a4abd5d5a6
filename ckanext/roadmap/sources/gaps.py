"""Reads what a rating found missing from the portal's own form: a table (CSV, XLSX) or a list (JSON)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, cast

from ckanext.roadmap.domain.errors import ListError, RoadmapError
from ckanext.roadmap.domain.rating import Gap, is_gap

from .sheet import SheetRow, read_sheet

REQUIRED = ("key", "title", "year", "mark", "full")
MARK = "Write a number from 0 to the full mark, for example 0.5."
TEXTS = ("what", "criterion", "holder", "source")


def read_form(content: bytes, filename: str, *, partly: bool = False) -> list[Gap]:
    """The gaps that a form tells, in its order; rows with a better mark are none.

    :param partly: take half marks for gaps too
    :raises RoadmapError: the file is no such form, or a cell can't be taken (with row, column and remedy)
    """
    is_json = content.lstrip().startswith((b"[", b"{"))
    rows = _of_json(content) if is_json else read_sheet(content, filename, REQUIRED)
    first: dict[str, int] = {}
    found: list[Gap] = []
    for row in rows:
        gap = _gap(row)
        if first.setdefault(gap.key, row.number) != row.number:
            raise _twice(row, gap.key, first[gap.key])
        found += [gap] if is_gap(gap.mark, gap.full, partly=partly) else []
    return found


def _gap(row: SheetRow) -> Gap:
    for column in REQUIRED:
        if not row.cells.get(column, "").strip():
            raise _fault(row, column, "required", "Fill it in.")
    mark, full = _number(row, "mark"), _number(row, "full")
    if not 0 <= mark <= full or full == 0:
        raise _fault(row, "mark", "mark_form", MARK)
    texts = {name: row.cells.get(name, "").strip() for name in TEXTS}
    title = row.cells["title"].strip()
    texts = {**texts, "what": texts["what"] or title, "criterion": texts["criterion"] or title}
    return Gap(row.cells["key"].strip(), title, _year(row), mark, full, **texts)


def _of_json(content: bytes) -> Iterator[SheetRow]:
    try:
        told: Any = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise _no_form() from error
    if not isinstance(told, list):
        raise _no_form()
    for number, one in enumerate(cast("list[Any]", told), start=1):
        if not isinstance(one, dict):
            raise _no_form()
        values = cast("dict[str, Any]", one)
        cells = {name: str(value).replace("\0", "") for name, value in values.items() if value is not None}
        yield SheetRow(number, cells)


def _no_form() -> RoadmapError:
    return RoadmapError(
        "gap_form", "The file is no form of gaps. Give a list of objects with key, title, year, mark, full."
    )


def _number(row: SheetRow, column: str) -> float:
    try:
        return float(row.cells[column].strip().replace(",", "."))
    except ValueError:
        raise _fault(
            row, column, "mark_form", "Write a number from 0 to the full mark, for example 0.5."
        ) from None


def _year(row: SheetRow) -> int:
    value = row.cells["year"].strip()
    if not (value.isascii() and value.isdigit() and len(value) == 4):
        raise _fault(row, "year", "year_form", "Write the year with four digits.")
    return int(value)


def _twice(row: SheetRow, key: str, first: int) -> ListError:
    text = f'"{key}" stands in row {first} too.'
    remedy = "Let each stand once."
    return ListError("twice", text, row=row.number, column="key", value=key, first=first, remedy=remedy)


def _fault(row: SheetRow, column: str, code: str, remedy: str) -> ListError:
    value = row.cells.get(column, "")
    text = f'"{value}" cannot be taken.' if value else "The cell is empty."
    return ListError(code, text, row=row.number, column=column, value=value, remedy=remedy)
