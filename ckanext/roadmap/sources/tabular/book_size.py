"""What opening a workbook would take, told before it is opened: its reader lays sheets out whole."""

from __future__ import annotations

import importlib
import io
import re
from pathlib import Path
from typing import IO, Any
from zipfile import ZipFile, is_zipfile

from ckanext.roadmap.sources.places.base import too_large
from ckanext.roadmap.sources.workbook import column_number

from .base import Ask, refuse_bomb

SAFE: Any = importlib.import_module("defusedxml.ElementTree")
MOST_CELLS = 5_000_000
MOST_BYTES = 512 * 2**20
SHEET = re.compile(r"xl/worksheets/.*\.xml")
PLACE = re.compile(rb"""<(?:\w+:)?c\s[^>]*?\br\s*=\s*["']([A-Za-z]{1,9})([0-9]{1,9})["']""")
PIECE, LONGEST = 1 << 20, 400
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"


def check(path: Path, ask: Ask) -> None:
    """Refuse a workbook that would take more memory than a load may.

    :raises SourceError: it is too large
    """
    most = min(MOST_BYTES, ask.bytes)
    if not is_zipfile(path):
        if path.stat().st_size > most:
            raise too_large(ask.name, most)
        return
    with ZipFile(path) as book:
        size = sum(part.file_size for part in book.infolist())
        refuse_bomb(size, path.stat().st_size, ask)
        if size > most:
            raise too_large(ask.name, most)
        for part in book.namelist():
            with book.open(part) as file:
                if SHEET.fullmatch(part) and _corner(file) > MOST_CELLS:
                    raise too_large(ask.name, most)
                if part == "content.xml" and _laid_out(file) > MOST_CELLS:
                    raise too_large(ask.name, most)


def _corner(file: IO[bytes]) -> int:
    """Cells of the rectangle up to the last place that a sheet of XLSX names."""
    rows = columns = 1
    rest = b""
    while piece := file.read(PIECE):
        text = rest + piece
        for letters, digits in PLACE.findall(text):
            rows, columns = max(rows, int(digits)), max(columns, column_number(letters))
        rest = text[-LONGEST:]
    return rows * columns


def _laid_out(file: IO[bytes]) -> int:
    """Cells of an ODS, those included that are written once and said to be repeated."""
    cells = 0
    wide, filled = 0, False
    for _event, element in SAFE.iterparse(io.BufferedReader(file), events=("end",), forbid_dtd=True):  # type: ignore[arg-type]
        if element.tag == f"{TABLE}table-cell":
            wide += int(element.get(f"{TABLE}number-columns-repeated", "1")) if len(element) else 1
            filled |= len(element) > 0
        elif element.tag == f"{TABLE}table-row":
            cells += wide * int(element.get(f"{TABLE}number-rows-repeated", "1")) if filled else 0
            wide, filled = 0, False
            element.clear()
    return cells
