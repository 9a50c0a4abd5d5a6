"""The fourteen regions of Uzbekistan by SOATO code (state classifier of administrative territories)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

REGIONS: frozenset[str] = frozenset(
    {
        "1703",  # Andijon
        "1706",  # Buxoro
        "1708",  # Jizzax
        "1710",  # Qashqadaryo
        "1712",  # Navoiy
        "1714",  # Namangan
        "1718",  # Samarqand
        "1722",  # Surxondaryo
        "1724",  # Sirdaryo
        "1726",  # Toshkent shahri
        "1727",  # Toshkent viloyati
        "1730",  # Farg'ona
        "1733",  # Xorazm
        "1735",  # Qoraqalpog'iston
    }
)


REGION_LENGTH, DISTRICT_LENGTH = 4, 7
CODE_LENGTHS = (REGION_LENGTH, DISTRICT_LENGTH, 8, 10, 11)
"""Digits of the codes of regions, districts and the places in them."""


def region_of(code: str) -> str | None:
    """The region (four digits) that a SOATO code stands for or lies in; None for no such region.

    A district's code (seven digits) or a place's (ten) begins with its region's.
    """
    digits = code.strip()
    if not (digits.isascii() and digits.isdigit() and len(digits) in CODE_LENGTHS):
        return None
    region = digits[:REGION_LENGTH]
    return region if region in REGIONS else None


def regions_in(codes: frozenset[str]) -> frozenset[str]:
    """The regions that a set of SOATO codes covers."""
    return frozenset(region for region in map(region_of, codes) if region)


@dataclass(slots=True)
class Part:
    """A region's share of a table: rows, and how many different codes they carry."""

    rows: int = 0
    codes: int = 0


@dataclass(slots=True)
class Spread:
    """How the rows of a table spread over the regions; `strange` codes stand for none of them."""

    regions: dict[str, Part] = field(default_factory=dict[str, Part])
    strange: dict[str, int] = field(default_factory=dict[str, int])
    empty: int = 0

    @property
    def rows(self) -> int:
        """All rows of the table."""
        return sum(part.rows for part in self.regions.values()) + sum(self.strange.values()) + self.empty

    @property
    def missing(self) -> tuple[str, ...]:
        """The regions without a row."""
        return tuple(sorted(REGIONS - self.regions.keys()))


def spread(rows: Mapping[str, int]) -> Spread:
    """Sort the rows of each code by region; a district's rows are its region's, an empty code is nobody's."""
    found = Spread()
    for code, count in rows.items():
        region = region_of(code)
        if region is not None:
            part = found.regions.setdefault(region, Part())
            part.rows, part.codes = part.rows + count, part.codes + 1
        elif code.strip():
            found.strange[code] = found.strange.get(code, 0) + count
        else:
            found.empty += count
    return found
