"""XLSX of a declared table, for people: a head in their language that stays, filters, typed cells.

Texts are never read as formulas. Programs read the same table as CSV or JSON, with one set of keys.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, tzinfo
from typing import IO, Any

import xlsxwriter  # pyright: ignore[reportMissingTypeStubs]

from ckanext.roadmap.domain.text import LANGUAGES

from .tables import Column, Row, Table

_INSTANTS = ("_at", "_until")
_DAYS = ("_start", "_last")
MOST_ROWS = 1_048_575  # beneath the head; a sheet has no more, and the writer would leave them out in silence
_TIMES = frozenset({"date", "moment", "outage_end"})  # kinds of columns
_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d.*[+-]\d\d:\d\d")
_NOT_IN_A_NAME, _SHEET_NAME = re.compile(r"[\[\]:*?/\\]"), 31
_NARROWEST, _NAME, _WIDEST, _TIME = 9, 26, 42, 19  # letters


class TooManyRowsError(Exception):
    """A table has more rows than a sheet can hold."""


def write(
    file: IO[bytes], table: Table, rows: Iterable[Row], tz: tzinfo, say: Callable[[str], str] = str
) -> None:
    """Write the file; instants are local time of the zone, since workbooks know no zones.

    :param say: a word in the reader's language
    :raises TooManyRowsError: they don't fit on a sheet
    """
    book: Any = xlsxwriter.Workbook(file, {"constant_memory": True, "in_memory": False})
    head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bg_color": "#e8eef2"})
    formats = {
        datetime: book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"}),
        date: book.add_format({"num_format": "yyyy-mm-dd"}),
    }
    sheet = book.add_worksheet(_sheet_name(say(table.caption)) or table.name[:31])
    columns = table.file_columns
    sheet.freeze_panes(1, 0)
    for position, (column, word) in enumerate(zip(columns, _heads(columns, say), strict=True)):
        sheet.set_column(position, position, _width(column, word))
        sheet.write_string(0, position, word, head)
    last = 0
    for last, row in enumerate(rows, start=1):
        if last > MOST_ROWS:
            raise TooManyRowsError
        for position, column in enumerate(columns):
            _write(sheet, last, position, _typed(column, column.value(row), tz), formats)
    sheet.autofilter(0, 0, last, len(columns) - 1)
    book.close()


def _sheet_name(words: str) -> str:
    """As a sheet may be called; the longest name ends with a whole word."""
    allowed = _NOT_IN_A_NAME.sub(" ", words).strip("' ")
    return (
        allowed
        if len(allowed) <= _SHEET_NAME
        else allowed[: _SHEET_NAME + 1].rpartition(" ")[0].rstrip("' ,")
    )


def _heads(columns: Sequence[Column], say: Callable[[str], str]) -> list[str]:
    """Each column's name; where several have the same, the key tells them apart."""
    words = [say(column.label) for column in columns]
    times = Counter(words)
    return [
        word if times[word] == 1 else f"{word} ({column.key})"
        for word, column in zip(words, columns, strict=True)
    ]


def _width(column: Column, word: str) -> int:
    """Of a column that is read without being drawn wider: names of things are long, numbers are not."""
    if _is_time(column):
        return _TIME
    if column.key.rpartition("_")[2] in LANGUAGES:
        return _WIDEST
    return _NAME if column.key.endswith("name") else max(_NARROWEST, min(len(word) + 4, _NAME))


def _is_time(column: Column) -> bool:
    return column.kind in _TIMES or column.key.endswith((*_INSTANTS, *_DAYS))


def _typed(column: Column, value: Any, tz: tzinfo) -> Any:
    if isinstance(value, str) and value and (_is_time(column) or _INSTANT.fullmatch(value)):
        if "T" not in value:
            return date.fromisoformat(value)
        return datetime.fromisoformat(value).astimezone(tz).replace(tzinfo=None, microsecond=0)
    if isinstance(value, list | tuple | set | frozenset):
        return ";".join(sorted(str(part) for part in value))  # pyright: ignore[reportUnknownArgumentType, reportUnknownVariableType]
    return value


def _write(sheet: Any, row: int, column: int, value: Any, formats: dict[type, Any]) -> None:
    if isinstance(value, bool):
        sheet.write_boolean(row, column, value)
    elif isinstance(value, int | float):
        sheet.write_number(row, column, value)
    elif isinstance(value, date):
        sheet.write_datetime(row, column, value, formats[type(value)])
    elif value is not None:
        sheet.write_string(row, column, str(value))
