"""Lines of the first sheet of a workbook; what a merged cell says holds for every cell it covers."""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any
from zipfile import BadZipFile

from python_calamine import CalamineError, CalamineWorkbook

from .sheet_errors import fault
from .workbook import is_too_large


def xlsx_lines(content: bytes) -> Iterator[tuple[int, list[str]]]:
    """Each row with its number.

    :raises ListError: the file is no workbook
    """
    try:
        if is_too_large(content):
            raise fault(
                "too_large",
                1,
                "",
                "The workbook is far too large for a list, or has a forgotten cell far from the others.",
                "Copy the rows into a new workbook and give that.",
            )
        sheet = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0)
        rows: list[list[Any]] = sheet.to_python(skip_empty_area=False)
        merged = sheet.merged_cell_ranges or []
    except (
        CalamineError,
        BadZipFile,
        zlib.error,
        EOFError,
        OSError,
        ValueError,
        LookupError,
        RuntimeError,
    ) as error:
        remedy = "Open it in a spreadsheet program and save it as XLSX."
        raise fault("xlsx", 1, "", "The file is not a workbook.", remedy) from error
    for (top, left), (bottom, right) in merged:
        _spread(rows, range(top, bottom + 1), range(left, right + 1))
    for number, row in enumerate(rows, 1):
        yield number, [_written(cell) for cell in row]


def _spread(rows: list[list[Any]], down: range, across: range) -> None:
    """Write the first cell of a merged range into the others."""
    if down.start >= len(rows) or across.start >= len(rows[down.start]):
        return
    value = rows[down.start][across.start]
    for row in rows[down.start : down.stop]:
        for place in range(across.start, min(across.stop, len(row))):
            row[place] = value


def _written(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime | date):
        return value.isoformat()[:10]
    return str(value)
