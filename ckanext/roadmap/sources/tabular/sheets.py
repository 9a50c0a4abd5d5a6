"""Workbooks: one sheet, its first filled line the names of the columns."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime, time
from itertools import islice
from pathlib import Path
from typing import Any, Protocol
from xml.etree.ElementTree import ParseError
from zipfile import BadZipFile, ZipFile, is_zipfile

from python_calamine import CalamineError

from ckanext.roadmap.sources.errors import SourceError

from .base import Ask, Tabular, table_format, unreadable
from .book_size import book_too_large, check
from .laid_book import LaidBook
from .normal import Record, as_table, written
from .xlsx_book import XlsxBook, is_xlsx
from .xlsx_cells import MOST_CELLS, TooManyCellsError

FAULTS = (
    CalamineError, BadZipFile, ParseError, zlib.error, EOFError, OSError, ValueError, LookupError,
    RuntimeError,
)  # fmt: skip
Line = Sequence[Any]
Lines = Callable[[], Iterator[Line]]


class Book(Protocol):
    """A workbook that is open."""

    sheet_names: list[str]
    has_moments: bool

    def lines(self, number: int) -> Iterator[Line]:
        """The lines of a sheet from its first on, by the sheet's number from 0."""
        ...


@table_format("xlsx", "xlsm", "xlsb", "xls", "ods")
def open_sheet(path: Path, ask: Ask) -> Tabular:
    """The sheet that the mapping names (`sheet: Maktablar`, or its number from 1), else the first one."""
    try:
        check(path, ask)
        book = _book(path, ask)
        number = _sheet(book, ask)
        return _table(lambda: book.lines(number), book.has_moments, ask)
    except TooManyCellsError:
        raise book_too_large(ask.name, MOST_CELLS, ask.bytes) from None
    except FAULTS as error:
        raise unreadable("a workbook", ask.name, type(error).__name__) from None


def _book(path: Path, ask: Ask) -> Book:
    if is_zipfile(path):
        with ZipFile(path) as archive:
            if is_xlsx(archive):
                return XlsxBook(path, ask.scratch)
    return LaidBook(path)


def _table(lines: Lines, has_moments: bool, ask: Ask) -> Tabular:
    at, header = _header(lines(), ask)
    moments = _moments(islice(lines(), at, None)) if has_moments else frozenset[int]()
    return as_table(
        lambda: _records(header, moments, islice(lines(), at, None)),
        ask.wanted or header,
        ask.scratch / "records.csv",
    )


def _sheet(book: Book, ask: Ask) -> int:
    asked = ask.options.get("sheet", 1)
    names = book.sheet_names
    if isinstance(asked, int) and 1 <= asked <= max(len(names), 1):
        return asked - 1
    if str(asked) not in names:
        raise SourceError(
            "sheet_missing", f"The workbook {ask.name} has no sheet {asked}.",
            f"It has: {', '.join(names)[:300]}.", name=ask.name, sheet=str(asked),
            found=", ".join(names)[:300],
        )  # fmt: skip
    return names.index(str(asked))


def _header(lines: Iterable[Line], ask: Ask) -> tuple[int, tuple[str, ...]]:
    """The number of the line with the columns' names, and these."""
    told = int(ask.options.get("header_row") or 0)
    numbered = enumerate(lines, 1)
    found = ((at, line) for at, line in numbered if at == told or (not told and any(map(_is_filled, line))))
    at, line = next(found, (0, None))
    if line is None:
        raise SourceError(
            "file_empty", "The sheet has no header.", "Write the columns' names in its first line."
        )
    names = [" ".join(written(value).split()) if _is_filled(value) else "" for value in line]
    twice = next((name for name in names if name and names.count(name) > 1), None)
    if twice:
        raise SourceError(
            "header_twice", f"Two columns of {ask.name} are named {twice}.",
            "Give each its own name; name the header's line in the mapping (read: {header_row: 2}).",
            name=ask.name, column=twice,
        )  # fmt: skip
    return at, tuple(names)


def _records(header: Sequence[str], moments: frozenset[int], rows: Iterable[Line]) -> Iterator[Record]:
    named = [(number, name, number in moments) for number, name in enumerate(header) if name]
    for row in rows:
        if any(map(_is_filled, row)):
            yield {name: _value(row[at], is_moment) for at, name, is_moment in named if at < len(row)}


def _moments(rows: Iterable[Sequence[Any]]) -> frozenset[int]:
    """Columns that hold instants: a workbook cannot tell midnight from a mere day, its neighbours can."""
    return frozenset(number for row in rows for number, value in enumerate(row) if type(value) is datetime)


def _value(value: Any, is_moment: bool) -> Any:
    if is_moment and type(value) is date:
        return datetime.combine(value, time())
    return value if _is_filled(value) else None


def _is_filled(value: object) -> bool:
    return value is not None and (not isinstance(value, str) or bool(value.strip()))
