"""An XLSX, read line by line: neither its sheets nor its texts are ever in memory whole."""

from __future__ import annotations

import importlib
import posixpath
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any
from zipfile import ZipFile

from .xlsx_cells import Line, LineReading
from .xlsx_looks import kinds
from .xlsx_texts import SharedTexts

SAFE: Any = importlib.import_module("defusedxml.ElementTree")
BOOK, STYLES, TEXTS = "xl/workbook.xml", "xl/styles.xml", "xl/sharedstrings.xml"
MOST_TOLD = 16 * 2**20
"""Bytes of a part that is read whole."""


def is_xlsx(book: ZipFile) -> bool:
    """Whether an archive is such a workbook, whatever its name says."""
    return BOOK in _parts(book)


class XlsxBook:
    """A workbook.

    :param scratch: a folder for its shared texts
    :ivar sheet_names: its sheets in their order
    :ivar has_moments: whether a cell may be a day or an instant
    :raises ValueError, LookupError: it is none
    """

    def __init__(self, path: Path, scratch: Path) -> None:
        self._zip = ZipFile(path)
        self._parts = _parts(self._zip)
        book, related = self._tree(BOOK), self._related()
        settings = _first(book, "workbookPr")
        self._since_1904 = settings is not None and settings.get("date1904") in ("1", "true")
        sheets = [(one.get("name", ""), _relation(one)) for one in _first(book, "sheets")]
        self.sheet_names = [name for name, _ in sheets]
        self._targets = [related[relation] for _, relation in sheets]
        self._looks = kinds(self._tree(STYLES)) if STYLES in self._parts else []
        self.has_moments = any(self._looks)
        self._texts = SharedTexts(scratch / "texts")
        if TEXTS in self._parts:
            with self._part(TEXTS) as part:
                self._texts.take(part)

    def lines(self, number: int) -> Iterator[Line]:
        """The lines of a sheet.

        :param number: of the sheet, from 0
        """
        with self._part(self._targets[number]) as part:
            yield from LineReading(self._texts.text, self._looks, self._since_1904).read(part)

    def _related(self) -> dict[str, str]:
        tree = self._tree("xl/_rels/workbook.xml.rels")
        return {one.get("Id"): posixpath.join("/xl", one.get("Target", ""))[1:].lower() for one in tree}

    def _tree(self, name: str) -> Any:
        if self._zip.getinfo(self._parts[name]).file_size > MOST_TOLD:
            raise ValueError("a part beyond all measure")
        with self._part(name) as part:
            return SAFE.parse(part, forbid_dtd=True).getroot()

    def _part(self, name: str) -> IO[bytes]:
        return self._zip.open(self._parts[posixpath.normpath(name)])


def _parts(book: ZipFile) -> dict[str, str]:
    return {name.replace("\\", "/").lower(): name for name in book.namelist()}


def _first(tree: Any, name: str) -> Any:
    return next((one for one in tree if str(one.tag).rpartition("}")[2] == name), None)


def _relation(sheet: Any) -> str:
    return next(value for name, value in sheet.items() if name.rpartition("}")[2] == "id" and "}" in name)
