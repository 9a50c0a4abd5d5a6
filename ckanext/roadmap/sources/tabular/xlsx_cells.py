"""The lines of an XLSX's sheet, one after another."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from ckanext.roadmap.sources.workbook import column_number

from .xlsx_looks import as_time
from .xlsx_texts import unescaped
from .xlsx_xml import Reading, Told

MOST_ROWS, MOST_COLUMNS, MOST_CELLS = 1_048_576, 16_384, 100_000_000
DAY_LENGTH = 10
Line = list[Any]


class TooManyCellsError(Exception):
    """Laid out, the lines of a sheet have more cells than anyone fills: some stand far from the others."""


class LineReading(Reading[Line]):
    """Lines with all their cells from the first column on; a line that is not written down is an empty one.

    :param text: a shared text by its number
    :param looks: what numbers of each cell format are
    :param since_1904: whether days are counted from 1904
    """

    def __init__(self, text: Callable[[int], str], looks: Sequence[str | None], since_1904: bool) -> None:
        super().__init__()
        self._text, self._looks, self._since_1904 = text, looks, since_1904
        self._columns: dict[str, int] = {}
        self._row = self._column = self._cells = 0
        self._line: Line = []
        self._cell: Told = {}
        self._value: str | None = None
        self._aloud = False
        self.begins |= {"row": self._begin_row, "c": self._begin_cell, "v": self.hear, "t": self.hear}
        self.begins |= {"rPh": self._aside}
        self.ends |= {"row": self._end_row, "c": self._end_cell, "v": self._end_value, "t": self._end_run}
        self.ends |= {"rPh": self._back}

    def _begin_row(self, told: Told) -> None:
        row = int(told["r"]) if "r" in told else self._row + 1
        if not self._row < row <= MOST_ROWS:
            raise ValueError("a line that no sheet has")
        empty: Line = []
        self.found.extend([empty] * (row - self._row - 1))
        self._row, self._column, self._line = row, 0, []

    def _end_row(self) -> None:
        self.found.append(self._line)
        self._cells += len(self._line)
        if self._cells > MOST_CELLS:
            raise TooManyCellsError

    def _begin_cell(self, told: Told) -> None:
        self._cell, self._value = told, None
        self._column = self._place(told["r"]) if "r" in told else self._column + 1
        if self._column > MOST_COLUMNS:
            raise ValueError("a column that no sheet has")

    def _place(self, told: str) -> int:
        letters = told.rstrip("0123456789")
        if told[len(letters) :] != str(self._row):
            raise ValueError("a place that is not in its line")
        if letters not in self._columns:
            if not (letters.isascii() and letters.isalpha() and len(letters) < 4):
                raise ValueError("a place that no sheet has")
            self._columns[letters] = column_number(letters.encode())
        return self._columns[letters]

    def _end_value(self) -> None:
        self._value = self.heard()

    def _end_run(self) -> None:
        text = self.heard()
        if not self._aloud:
            self._value = (self._value or "") + text

    def _aside(self, _told: Told) -> None:
        self._aloud = True

    def _back(self) -> None:
        self._aloud = False

    def _end_cell(self) -> None:
        if self._value is None:
            return
        line, missing = self._line, self._column - len(self._line)
        if missing > 0:
            line.extend([""] * missing)
        line[self._column - 1] = self._read(self._cell.get("t", "n"), self._value)

    def _read(self, kind: str, value: str) -> Any:
        match kind:
            case "n":
                return self._number(float(value)) if value else ""
            case "s":
                return self._text(int(value))
            case "b":
                return value not in ("0", "false")
            case "d":
                moment = datetime.fromisoformat(value)
                return moment.date() if len(value) <= DAY_LENGTH else moment
            case "e":
                return ""
            case _:
                return unescaped(value)

    def _number(self, number: float) -> Any:
        look = int(self._cell.get("s", 0))
        kind = self._looks[look] if look < len(self._looks) else None
        return as_time(number, kind, self._since_1904) if kind else number
