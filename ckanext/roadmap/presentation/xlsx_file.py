"""XLSX of a declared table: typed cells, a head that stays, filters. Texts are never read as formulas."""

from __future__ import annotations

import io
from collections.abc import Iterable
from datetime import date, datetime, tzinfo
from typing import Any

import xlsxwriter  # pyright: ignore[reportMissingTypeStubs]

from .tables import Column, Row, Table

_INSTANTS = ("_at", "_until")
_DAYS = ("_start", "_last")
_TIMES = frozenset({"date", "moment", "outage_end"})  # kinds of columns


def content(table: Table, rows: Iterable[Row], tz: tzinfo) -> bytes:
    """The file; instants are written as local time of the zone, since workbooks know no zones."""
    buffer = io.BytesIO()
    book: Any = xlsxwriter.Workbook(buffer, {"constant_memory": True, "in_memory": False})
    head = book.add_format({"bold": True})
    formats = {
        datetime: book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"}),
        date: book.add_format({"num_format": "yyyy-mm-dd"}),
    }
    sheet = book.add_worksheet(table.name[:31])
    columns = table.file_columns
    sheet.freeze_panes(1, 0)
    for position, column in enumerate(columns):
        sheet.write_string(0, position, column.key, head)
    last = 0
    for last, row in enumerate(rows, start=1):
        for position, column in enumerate(columns):
            _write(sheet, last, position, _typed(column, column.value(row), tz), formats)
    sheet.autofilter(0, 0, last, len(columns) - 1)
    book.close()
    return buffer.getvalue()


def _typed(column: Column, value: Any, tz: tzinfo) -> Any:
    is_time = column.kind in _TIMES or column.key.endswith((*_INSTANTS, *_DAYS))
    if isinstance(value, str) and value and is_time:
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
