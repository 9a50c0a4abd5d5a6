"""Reads a small table (CSV or XLSX) into rows of text that know their row number."""

from __future__ import annotations

import csv
import io
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import PurePath
from zipfile import BadZipFile

from python_calamine import CalamineError, CalamineWorkbook

from ckanext.roadmap.domain.errors import ListError

from .workbook import is_too_large


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One row: its number as a spreadsheet shows it, and its cells by column name."""

    number: int
    cells: dict[str, str]


def read_sheet(content: bytes, filename: str, required: tuple[str, ...]) -> list[SheetRow]:
    """Read the first sheet of an XLSX, or a CSV in UTF-8.

    :param content: the file
    :param filename: its name; the ending tells the format
    :param required: names of the columns that must be there
    :raises ListError: the file can't be read, or a column is missing, with row, column and remedy
    """
    lines = list(_xlsx(content) if PurePath(filename).suffix.lower() == ".xlsx" else _csv(content))
    if not lines:
        raise _fault("empty", 1, "", "The file is empty.", "Give a file with a header row and rows below it.")
    header = [cell.strip() for cell in lines[0][1]]
    for column in required:
        if column not in header:
            raise _fault("column_missing", 1, column, "There is no such column.", "Add it to the header row.")
    doubled = next((name for name in header if name and header.count(name) > 1), None)
    if doubled:
        raise _fault("column_twice", 1, doubled, "The header names it twice.", "Name each column once.")
    return list(_rows(header, lines[1:]))


def _rows(header: list[str], lines: list[tuple[int, list[str]]]) -> Iterator[SheetRow]:
    for number, line in lines:
        cells = [cell.strip() for cell in line]
        if not any(cells):
            continue
        if len(cells) > len(header):
            raise _fault(
                "too_many_cells",
                number,
                str(len(header) + 1),
                "The row has more cells than the header.",
                "Quote cells that hold a comma, or name the extra columns in the header.",
            )
        padded = cells + [""] * (len(header) - len(cells))
        yield SheetRow(number, dict(zip(header, padded, strict=True)))


def _csv(content: bytes) -> Iterator[tuple[int, list[str]]]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        row = content.count(b"\n", 0, error.start) + 1
        raise _fault(
            "encoding", row, "", "The text is not UTF-8.", "Save the file as CSV in UTF-8."
        ) from error
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        before = 0
        for line in reader:
            yield before + 1, line
            before = reader.line_num
    except csv.Error as error:
        raise _fault("csv", reader.line_num, "", f"{error}.", "Mend the quoting of this row.") from error


def _xlsx(content: bytes) -> Iterator[tuple[int, list[str]]]:
    try:
        if is_too_large(content):
            raise _fault(
                "too_large",
                1,
                "",
                "The workbook is far too large for a list, or has a forgotten cell far from the others.",
                "Copy the rows into a new workbook and give that.",
            )
        sheet = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0)
        rows = sheet.to_python(skip_empty_area=False)
    except (CalamineError, BadZipFile, zlib.error, EOFError, OSError, ValueError, RuntimeError) as error:
        raise _fault(
            "xlsx",
            1,
            "",
            "The file is not a workbook.",
            "Open it in a spreadsheet program and save it as XLSX.",
        ) from error
    width = len([cell for cell in rows[0] if cell != ""]) if rows else 0
    for number, row in enumerate(rows, 1):
        cells = [_cell(cell) for cell in row]
        while len(cells) > width and not cells[-1]:
            cells.pop()
        yield number, cells


def _cell(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime | date):
        return value.isoformat()[:10]
    return str(value)


def _fault(code: str, row: int, column: str, text: str, remedy: str) -> ListError:
    return ListError(code, text, row=row, column=column or "-", remedy=remedy)
