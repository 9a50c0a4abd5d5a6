"""What the ministries publish: their own extracts where those are at hand, else tables of the same shape."""

from __future__ import annotations

import csv
import io
import os
from dataclasses import dataclass, replace
from pathlib import Path

from ckanext.roadmap.tests.conftest import ROOT

HEADERS = {
    "schools": "_uid_,viloyat,tuman,obekt_nomi,smena,sigimi,umumiy_uquvchi,qurilish_yili,parent_code,code,id",
    "clinics": "_uid_,viloyat,tuman,obekt_nomi,internet,updated,qurilish_yili,parent_code,code,id",
    "births": "id,REF_AREA,SEX,TIME_PERIOD,OBS_VALUE",
    "kindergartens": "_uid_,viloyat,tuman,obekt_nomi,inn,updated,sigimi,qurilish_yili,parent_code,code,id",
}
NUMBERS = ("smena", "sigimi", "umumiy_uquvchi", "qurilish_yili")
ROWS = 150
NATURAL_PERSON = "478901235"
"""A tax number of a natural person by its form; the real kindergartens have two of them."""


@dataclass(frozen=True)
class Sheet:
    """A table as text; an empty cell is nothing."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def csv(self) -> bytes:
        """As a ministry would hand it over."""
        text = io.StringIO()
        csv.writer(text, lineterminator="\n").writerows([self.header, *self.rows])
        return text.getvalue().encode()

    def records(self) -> list[dict[str, str | None]]:
        """As an interface would give it."""
        return [dict(zip(self.header, (cell or None for cell in row), strict=True)) for row in self.rows]

    def named(self) -> dict[str, dict[str, str]]:
        """By the key, under the names that the portal publishes."""
        names = [published(name) for name in self.header]
        return {row[names.index("id")]: dict(zip(names, row, strict=True)) for row in self.rows}

    def without(self, name: str) -> Sheet:
        """One column less."""
        at = self.header.index(name)
        rows = tuple(row[:at] + row[at + 1 :] for row in self.rows)
        return Sheet(self.header[:at] + self.header[at + 1 :], rows)

    def times(self, many: int) -> Sheet:
        """So many times the rows, each with a key of its own."""
        at = self.header.index("id")
        rows = (
            (*row[:at], f"{row[at]}{number:03}", *row[at + 1 :])
            for number in range(many)
            for row in self.rows
        )
        return replace(self, rows=tuple(rows))


def published(name: str) -> str:
    """A column's name on the portal, which takes none that begin with a line."""
    return name.strip("_").lower()


def sheet(name: str) -> Sheet:
    """The rows of a ministry."""
    header = tuple(HEADERS[name].split(","))
    file = (
        Path(os.environ.get("ROADMAP_SHARED", ROOT.parent / "shared")) / "data" / "ministries" / f"{name}.csv"
    )
    if not file.is_file():
        return Sheet(header, tuple(_made(header, number) for number in range(ROWS)))
    with file.open(encoding="utf-8", newline="") as lines:
        return Sheet(header, tuple(tuple(row[one] for one in header) for row in csv.DictReader(lines)))


def _made(header: tuple[str, ...], number: int) -> tuple[str, ...]:
    cells = {
        "_uid_": str(number + 1), "viloyat": "Farg'ona viloyati", "tuman": "Farg‘ona tumani", "parent_code": "1730",
        "obekt_nomi": f"{number}-сон, «Oʻzbek»; 1-bino", "smena": "2", "sigimi": str(100 + number),
        "umumiy_uquvchi": "" if number % 7 == 0 else "306", "qurilish_yili": str(1960 + number % 60),
        "code": "1730233", "internet": "shisha_tola", "updated": "2023-02-13T09:13:11", "id": str(5000 + number),
        "REF_AREA": f"UZ17{number % 50:02}", "SEX": "FM"[number // 50 % 2], "TIME_PERIOD": str(2020 + number // 100),
        "OBS_VALUE": f"{number}.5", "inn": NATURAL_PERSON if number == 3 else f"20{number:07}",
    }  # fmt: skip
    return tuple(cells[name] for name in header)
