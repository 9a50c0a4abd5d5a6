"""Observations as the records of a table: values as numbers, periods as days, codes with their words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import Any

from ckanext.roadmap.sources.statistics.periods import span_of
from ckanext.roadmap.sources.tabular.normal import Record

from .structure import LANGUAGES, MEASURE, SUFFIXES, Structure

TIME = "TIME_PERIOD"
NOTHING = ("", "nan")
"""How an observation says that it has no value."""
DAYS = ("code", "start", "end")
Values = Mapping[str, str]
Fill = Callable[[Values], Any]


def records(found: Iterable[Values], structure: Structure, wanted: tuple[str, ...]) -> Iterator[Record]:
    """A record an observation.

    :param wanted: `REF_AREA`, `REF_AREA.ru`, `TIME_PERIOD.start`, `OBS_VALUE`; none: all that is told
    """
    fills = {name: _fill(name, structure) for name in wanted}
    for one in found:
        yield dict(_filled(one, fills, structure)) if wanted else dict(_all(one, structure))


def _filled(one: Values, fills: Mapping[str, Fill], structure: Structure) -> Iterator[tuple[str, Any]]:
    """What a component of the structure has not said is nothing; a column that is of none is not there."""
    for name, fill in fills.items():
        value = fill(one)
        part, _dot, suffix = name.rpartition(".")
        if value is not None or name in (*one, MEASURE) or name in structure.codes or _is_day(part, suffix):
            yield name, value


def _is_day(part: str, suffix: str) -> bool:
    return part == TIME and suffix in DAYS


def _all(one: Values, structure: Structure) -> Iterator[tuple[str, Any]]:
    for name, value in one.items():
        yield name, number(value) if name == MEASURE else value
        for language in LANGUAGES:
            if (told := structure.words(name, value, language)) is not None:
                yield f"{name}.{language}", told


def _fill(name: str, structure: Structure) -> Fill:
    part, _dot, suffix = name.rpartition(".")
    if name == MEASURE:
        return lambda one: number(one.get(MEASURE, ""))
    if _is_day(part, suffix):
        return lambda one: _day(one.get(TIME, ""), suffix)
    if part and suffix in SUFFIXES:
        return lambda one: structure.words(part, one[part], suffix) if part in one else None
    return lambda one: one.get(name)


def number(written: str) -> Decimal | str | None:
    """A value with all its digits; what is no number stays as it is written."""
    text = written.strip()
    if text.lower() in NOTHING:
        return None
    try:
        found = Decimal(text)
    except InvalidOperation:
        return written
    return found if found.is_finite() else written


@lru_cache(maxsize=4096)
def _day(written: str, part: str) -> Any:
    span = span_of(written)
    if span is None:
        return None
    return {"code": span.code, "start": span.start, "end": span.last}[part]
