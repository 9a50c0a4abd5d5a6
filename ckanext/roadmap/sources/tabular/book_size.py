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
from .old_book import largest

SAFE: Any = importlib.import_module("defusedxml.ElementTree")
MOST_CELLS = 5_000_000
MOST_BYTES = 512 * 2**20
LINE = re.compile(
    rb"""<(?:\w+:)?row\s[^>]*?\br\s*=\s*["']([0-9]{1,10})["'][^>]*>\s*<(?:\w+:)?c(?=[\s>/])(?![^>]*\br\s*=)"""
)
"""A row whose first cell does not tell its place: it takes the row's."""
TARGET = re.compile(rb"""Target\s*=\s*["']([^"']+)""")
PLACE = re.compile(rb"""<(?:\w+:)?c\s[^>]*?\br\s*=\s*["']([A-Za-z]{1,9})([0-9]{1,9})["']""")
BINARY_ROW, BINARY_CELLS = 0, (*range(1, 12), 62)
PIECE, LONGEST = 1 << 20, 400
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"


def check(path: Path, ask: Ask) -> None:
    """Refuse a workbook that would take more memory than a load may.

    :raises SourceError: it is too large
    :raises ValueError: it is none
    """
    most = min(MOST_BYTES, ask.bytes)
    if not is_zipfile(path):
        if path.stat().st_size > most or largest(path) > MOST_CELLS:
            raise too_large(ask.name, most)
        return
    with ZipFile(path) as book:
        size = sum(part.file_size for part in book.infolist())
        refuse_bomb(size, path.stat().st_size, ask)
        if size > most:
            raise too_large(ask.name, most)
        binary = _binary(book)
        for part in book.namelist():
            with book.open(part) as file:
                if _cells(part.lower(), file, binary) > MOST_CELLS:
                    raise too_large(ask.name, most)


def _cells(part: str, file: IO[bytes], binary: frozenset[str]) -> int:
    """Cells of what a reader may take for a sheet; an archive may call it as it likes."""
    if part == "content.xml":
        return _laid_out(file)
    if part.rpartition("/")[2] in binary:
        return _binary_corner(io.BufferedReader(file, PIECE))  # type: ignore[arg-type]
    return _corner(file) if part.endswith(".xml") else 0


def _binary(book: ZipFile) -> frozenset[str]:
    """The parts that a binary workbook names."""
    found = [name for name in book.namelist() if name.lower().endswith("workbook.bin.rels")]
    named = b" ".join(map(book.read, found))
    return frozenset(one.decode(errors="replace").rpartition("/")[2].lower() for one in TARGET.findall(named))


def _binary_corner(file: IO[bytes]) -> int:
    """Cells up to the last row and column of a sheet of XLSB: each record has kind, length and body."""
    rows = columns = 1
    while head := file.read(1):
        kind = head[0] if head[0] < 128 else (head[0] & 127) + (int.from_bytes(file.read(1)) << 7)
        size = shift = 0
        while (byte := int.from_bytes(file.read(1))) > 127 and shift < 21:
            size, shift = size + ((byte & 127) << shift), shift + 7
        body = file.read(size + ((byte & 127) << shift))
        place = int.from_bytes(body[:4], "little") + 1
        if kind == BINARY_ROW:
            rows = max(rows, place)
        elif kind in BINARY_CELLS:
            columns = max(columns, place)
    return rows * columns


def _corner(file: IO[bytes]) -> int:
    """Cells of the rectangle up to the last place that a sheet of XLSX names."""
    rows = columns = 1
    rest = b""
    while piece := file.read(PIECE):
        text = rest + piece
        for letters, digits in PLACE.findall(text):
            rows, columns = max(rows, int(digits)), max(columns, column_number(letters))
        rows = max([rows, *map(int, LINE.findall(text))])
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
