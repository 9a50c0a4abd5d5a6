"""Reads a small table (CSV or XLSX) into rows of text that know their row number."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePath

from .sheet_csv import csv_lines
from .sheet_errors import fault
from .sheet_xlsx import xlsx_lines

Line = tuple[int, list[str]]
_HEADER_WITHIN = 30
_FORMULA_STARTS = ("'=", "'+", "'-", "'@")


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One row: its number as a spreadsheet shows it, and its cells by column name."""

    number: int
    cells: dict[str, str]


def read_sheet(content: bytes, filename: str, required: tuple[str, ...]) -> list[SheetRow]:
    """Read the first sheet of an XLSX, or a CSV in UTF-8, UTF-16 or CP1251 with `,`, `;` or tabs.

    Lines above the header (a title, the decision) are passed over.

    :param content: the file
    :param filename: its name; the ending tells the format
    :param required: names of the columns that must be there
    :raises ListError: the file can't be read, or a column is missing, with row, column and remedy
    """
    is_book = PurePath(filename or "").suffix.lower() == ".xlsx"
    lines = list(xlsx_lines(content) if is_book else csv_lines(content))
    place = _header_place(lines, required)
    if place is None:
        raise fault("empty", 1, "", "The file is empty.", "Give a file with a header row and rows below it.")
    number, first = lines[place]
    header = _without_tail([cell.strip() for cell in first])
    for column in required:
        if column not in header:
            raise fault(
                "column_missing", number, column, "There is no such column.", "Add it to the header row."
            )
    doubled = next((name for name in header if name and header.count(name) > 1), None)
    if doubled:
        raise fault("column_twice", number, doubled, "The header names it twice.", "Name each column once.")
    return list(_rows(header, lines[place + 1 :]))


def _header_place(lines: list[Line], required: tuple[str, ...]) -> int | None:
    """Where the header stands: the first line that names most of the columns."""
    filled = [place for place, (_, line) in enumerate(lines[:_HEADER_WITHIN]) if any(map(str.strip, line))]
    return max(filled, key=lambda place: _named(lines[place][1], required), default=None)


def _named(line: list[str], required: tuple[str, ...]) -> int:
    return len({cell.strip() for cell in line}.intersection(required))


def _rows(header: list[str], lines: list[Line]) -> Iterator[SheetRow]:
    for number, line in lines:
        cells = _without_tail([_plain(cell.strip()) for cell in line])
        if not cells:
            continue
        bad = next((place for place, cell in enumerate(cells) if "\0" in cell), None)
        if bad is not None:
            raise fault(
                "nul", number, str(bad + 1), "The cell holds a NUL character.", "Write the cell anew."
            )
        if len(cells) > len(header):
            raise fault(
                "too_many_cells",
                number,
                str(len(header) + 1),
                "The row has more cells than the header.",
                "Quote cells that hold a comma, or name the extra columns in the header.",
            )
        padded = cells + [""] * (len(header) - len(cells))
        yield SheetRow(number, dict(zip(header, padded, strict=True)))


def _plain(cell: str) -> str:
    """A cell without the apostrophe that our own files put before what would be taken for a formula."""
    return cell[1:] if cell.startswith(_FORMULA_STARTS) else cell


def _without_tail(cells: list[str]) -> list[str]:
    while cells and not cells[-1]:
        cells.pop()
    return cells
