"""What opening a workbook would take, told before it is opened: that of XLS, XLSB and ODS lays sheets out."""

from __future__ import annotations

import importlib
import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any
from zipfile import ZipFile, is_zipfile

from ckanext.roadmap.sources.errors import SourceError
from ckanext.roadmap.sources.places.base import too_large

from .base import Ask, refuse_bomb
from .old_book import laid_out
from .xlsx_book import is_xlsx

SAFE: Any = importlib.import_module("defusedxml.ElementTree")
MOST_CELLS = 500_000
MOST_UNPACKED, MOST_OLD = 64 * 2**20, 32 * 2**20
"""Bytes of XLSB and ODS unpacked, and of XLS: with these and so many cells, reading stays under 300 MB."""
TARGET = re.compile(rb"""Target\s*=\s*["']([^"']+)""")
BINARY_ROW, BINARY_CELLS = 0, (*range(1, 12), 62)
PIECE = 1 << 20
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"


def check(path: Path, ask: Ask) -> None:
    """Refuse a workbook that would take more memory than a load may.

    :raises SourceError: it is too large
    :raises ValueError: it is none
    """
    if not is_zipfile(path):
        if path.stat().st_size > MOST_OLD or laid_out(path) > MOST_CELLS:
            raise book_too_large(ask.name, MOST_CELLS, MOST_OLD)
        return
    with ZipFile(path) as book:
        size = sum(part.file_size for part in book.infolist())
        refuse_bomb(size, path.stat().st_size, ask)
        if size > ask.bytes:
            raise too_large(ask.name, ask.bytes)
        if not is_xlsx(book) and (size > MOST_UNPACKED or sum(_cells(book)) > MOST_CELLS):
            raise book_too_large(ask.name, MOST_CELLS, MOST_UNPACKED)


def book_too_large(name: str, cells: int, most: int) -> SourceError:
    """The error of a workbook with more cells than are read of its kind."""
    megabytes = most >> 20
    return SourceError(
        "book_too_large", f"The workbook {name} is larger than what is read of its kind: "
        f"{cells} cells, {megabytes} MB unpacked.",
        "Save it as XLSX without cells far from the others, or as CSV.",
        name=name, cells=cells, megabytes=megabytes,
    )  # fmt: skip


def _cells(book: ZipFile) -> Iterator[int]:
    """Cells of what a reader may take for a sheet; an archive may call it as it likes."""
    binary = _binary(book)
    for part in book.namelist():
        with book.open(part) as file:
            if part.lower() == "content.xml":
                yield _laid_out(file)
            elif part.lower().rpartition("/")[2] in binary:
                yield _binary_corner(io.BufferedReader(file, PIECE))  # type: ignore[arg-type]


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
