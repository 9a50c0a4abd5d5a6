"""Which looks of an XLSX's cells make a number a day, an instant or a length of time."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Any

MOMENT, LENGTH = "moment", "length"
BUILT_IN = {
    **dict.fromkeys((*range(14, 23), *range(27, 37), 45, 47, *range(50, 59)), MOMENT),
    46: LENGTH,
}
SAID = re.compile(r'"[^"]*"?|\\.|_.|\*.')
ELAPSED, BRACKETS = re.compile(r"\[(?:h+|m+|s+)\]", re.IGNORECASE), re.compile(r"\[[^\]]*\]")
SIGNS = re.compile(r"[dmyhs]", re.IGNORECASE)
LEAP = 60
"""Day of 1900 that never was: spreadsheets count it."""
EPOCHS = {
    is_1904: datetime.combine(day, time())
    for is_1904, day in ((False, date(1899, 12, 30)), (True, date(1904, 1, 1)))
}
DAY_MS = 86_400_000


def kinds(styles: Any) -> list[str | None]:
    """What the numbers of each cell format are, in the formats' order."""
    codes = {
        int(one.get("numFmtId", "0")): one.get("formatCode", "") for one in _all(styles, "numFmts", "numFmt")
    }
    return [_kind(int(one.get("numFmtId", "0")), codes) for one in _all(styles, "cellXfs", "xf")]


def _all(styles: Any, group: str, name: str) -> Iterable[Any]:
    return (one for part in styles if _local(part) == group for one in part if _local(one) == name)


def _local(element: Any) -> str:
    return str(element.tag).rpartition("}")[2]


def _kind(number: int, codes: dict[int, str]) -> str | None:
    if number not in codes:
        return BUILT_IN.get(number)
    signs = SAID.sub("", codes[number]).partition(";")[0]
    if ELAPSED.search(signs):
        return LENGTH
    return MOMENT if SIGNS.search(BRACKETS.sub("", signs)) else None


def as_time(number: float, kind: str, since_1904: bool) -> date | datetime | time | timedelta | float:
    """A number as what its look says; one that no calendar holds stays a number."""
    length = timedelta(milliseconds=round(number * DAY_MS)) if abs(number) < DAY_MS else None
    if length is None or (kind == MOMENT and number < 0):
        return number
    if kind == LENGTH:
        return length
    late = timedelta(days=int(not since_1904 and number < LEAP))
    try:
        moment = EPOCHS[since_1904] + length + late
    except OverflowError:
        return number
    if number < 1:
        return moment.time()
    return moment.date() if moment.time() == time() else moment
