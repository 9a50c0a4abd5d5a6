"""Workbooks: one sheet, its first filled line the names of the columns."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError
from zipfile import BadZipFile

from python_calamine import CalamineError, CalamineWorkbook

from ckanext.roadmap.sources.errors import SourceError

from .base import Ask, Tabular, table_format, unreadable
from .book_size import check
from .normal import Record, as_table, written

BOOK: Any = CalamineWorkbook
FAULTS = (
    CalamineError, BadZipFile, ParseError, zlib.error, EOFError, OSError, ValueError, LookupError,
    RuntimeError,
)  # fmt: skip


@table_format("xlsx", "xlsm", "xlsb", "xls", "ods")
def open_sheet(path: Path, ask: Ask) -> Tabular:
    """The sheet that the mapping names (`sheet: Maktablar`, or its number from 1), else the first one."""
    try:
        check(path, ask)
        book = BOOK.from_path(path)
        sheet = _sheet(book, ask)
        lines: list[list[Any]] = sheet.to_python(skip_empty_area=False)
    except FAULTS as error:
        raise unreadable("a workbook", ask.name, type(error).__name__) from None
    number = int(ask.options.get("header_row") or 0)
    header, rows = _split(lines, number, ask)
    return as_table(lambda: _records(header, rows), ask.wanted or header, ask.scratch / "records.csv")


def _sheet(book: Any, ask: Ask) -> Any:
    asked = ask.options.get("sheet")
    names: list[str] = book.sheet_names
    if asked is None:
        return book.get_sheet_by_index(0)
    if isinstance(asked, int) and 1 <= asked <= len(names):
        return book.get_sheet_by_index(asked - 1)
    if str(asked) not in names:
        raise SourceError(
            "sheet_missing", f"The workbook {ask.name} has no sheet {asked}.",
            f"It has: {', '.join(names)[:300]}.", name=ask.name, sheet=str(asked),
            found=", ".join(names)[:300],
        )  # fmt: skip
    return book.get_sheet_by_name(str(asked))


def _split(
    lines: Sequence[Sequence[Any]], number: int, ask: Ask
) -> tuple[tuple[str, ...], Sequence[Sequence[Any]]]:
    """Names of the columns, and the lines below them."""
    at = (
        number - 1 if number else next((at for at, line in enumerate(lines) if any(map(_is_filled, line))), 0)
    )
    if at >= len(lines):
        raise SourceError(
            "file_empty", "The sheet has no header.", "Write the columns' names in its first line."
        )
    names = [" ".join(written(value).split()) if _is_filled(value) else "" for value in lines[at]]
    twice = next((name for name in names if name and names.count(name) > 1), None)
    if twice:
        raise SourceError(
            "header_twice", f"Two columns of {ask.name} are named {twice}.",
            "Give each its own name; name the header's line in the mapping (read: {header_row: 2}).",
            name=ask.name, column=twice,
        )  # fmt: skip
    return tuple(names), lines[at + 1 :]


def _records(header: Sequence[str], rows: Sequence[Sequence[Any]]) -> Iterator[Record]:
    moments = _moments(rows)
    for row in rows:
        if any(map(_is_filled, row)):
            yield {
                name: _value(value, number in moments)
                for number, (name, value) in enumerate(zip(header, row, strict=False))
                if name
            }


def _moments(rows: Iterable[Sequence[Any]]) -> frozenset[int]:
    """Columns that hold instants: a workbook cannot tell midnight from a mere day, its neighbours can."""
    return frozenset(number for row in rows for number, value in enumerate(row) if type(value) is datetime)


def _value(value: Any, is_moment: bool) -> Any:
    if is_moment and type(value) is date:
        return datetime.combine(value, time())
    return value if _is_filled(value) else None


def _is_filled(value: object) -> bool:
    return value is not None and (not isinstance(value, str) or bool(value.strip()))
