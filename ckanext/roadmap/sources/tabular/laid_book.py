"""Workbooks whose reader lays their sheets out whole: XLS, XLSB and ODS."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from python_calamine import CalamineWorkbook

BOOK: Any = CalamineWorkbook


class LaidBook:
    """A workbook.

    :ivar sheet_names: its sheets in their order
    :ivar has_moments: whether a cell may be a day or an instant
    """

    has_moments = True

    def __init__(self, path: Path) -> None:
        self._book = BOOK.from_path(path)
        self.sheet_names: list[str] = self._book.sheet_names
        self._sheet: tuple[int, Any] | None = None

    def lines(self, number: int) -> Iterator[list[Any]]:
        """The lines of a sheet.

        :param number: of the sheet, from 0
        """
        if self._sheet is None or self._sheet[0] != number:
            self._sheet = number, self._book.get_sheet_by_index(number)
        return self._sheet[1].iter_rows()
