"""Periods as statistics offices write them, in the portal's own form and as days."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from ckanext.roadmap.domain.calendar import Period
from ckanext.roadmap.domain.errors import RoadmapError

FORM = re.compile(r"(\d{4})(?:[- ]?([AHSBTQKMWD\u041c])?(\d{1,3}))?")
"""\u041c is the Cyrillic letter: in some headers the national site has it in the place of the Latin M."""
HALVES, MONTHS, QUARTERS = "HSB", ("M", "\u041c", None), "QK"
THIRD = ((1, 1), (5, 1), (9, 1), (13, 1))


@dataclass(frozen=True, slots=True)
class Span:
    """A period.

    :ivar code: 2024, 2024-H1, 2024-Q1, 2024-03, 2024-W05, 2024-03-14; of a third of a year, 2024-T1
    """

    code: str
    start: date
    last: date


def span_of(written: str) -> Span | None:
    """A period in any of the usual forms: 2024-Q1, 2024Q1, 2024-M03, 2024M03, 2024-S1, 2024-A1, 2024-D060.

    None: it is none.
    """
    text = written.strip()
    day = text[:10] if len(text) == 10 or text[10:11] in ("T", " ") else ""
    found = FORM.fullmatch(text)
    try:
        if day:
            return _plain(date.fromisoformat(day).isoformat())
        return _lettered(*found.groups()) if found else None
    except (ValueError, RoadmapError):
        return None


def _lettered(year: str, letter: str | None, number: str | None) -> Span | None:
    if number is None or (letter == "A" and int(number) == 1):
        return _plain(year)
    if letter == "T":
        return _third(int(year), int(number))
    if letter == "D":
        return _plain((date(int(year), 1, 1) + timedelta(int(number) - 1)).isoformat())
    if letter == "W":
        return _plain(f"{year}-W{int(number):02}")
    if letter in MONTHS:
        return _plain(f"{year}-{int(number):02}")
    kind = "H" if letter and letter in HALVES else "Q" if letter and letter in QUARTERS else ""
    return _plain(f"{year}-{kind}{int(number)}") if kind else None


def _plain(code: str) -> Span:
    period = Period.parse(code)
    return Span(code, period.start, period.last)


def _third(year: int, number: int) -> Span | None:
    if number not in (1, 2, 3):
        return None
    after = date(year + 1, 1, 1) if number == 3 else date(year, *THIRD[number])
    return Span(f"{year}-T{number}", date(year, *THIRD[number - 1]), after - timedelta(1))
