"""Which period data cover, by the values of their own period column (DESIGN section 5).

A value covers the whole of its own period: a month the month, a year the year. A day tells only that the
data reach into the period it lies in: no row tells whether the rest of that period was quiet.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, tzinfo

from ckanext.roadmap.domain.calendar import Period, period_of
from ckanext.roadmap.domain.errors import PeriodError
from ckanext.roadmap.domain.term import Frequency

Value = str | int | date | datetime
FORMS = (
    r"(1[89]|2[01])[0-9]{2}"
    r"(-?Q[1-4]|-?[HS][12]|-?M?(0[1-9]|1[0-2])|-[0-9]{2}-[0-9]{2}([ T][0-9:.+Z-]{1,24})?)?"
)
"""The texts, in capitals, that may name a period; also PostgreSQL reads them so."""
READABLE_PERCENT = 90
"""With fewer values that name periods a column is no period column: it was named wrongly."""
_PARTS = re.compile(r"([0-9]{4})(?:-?(?:([QHS])([1-4])|M?([0-9]{2})))?")
_FORM = re.compile(FORMS, re.ASCII)


@dataclass(frozen=True, slots=True)
class Extremes:
    """The first and last of values of one form, and how many there are."""

    first: str
    last: str
    count: int


@dataclass(frozen=True, slots=True)
class Span:
    """The periods that the first and the last value name."""

    first: Period
    last: Period


def period_named(value: Value, tz: tzinfo) -> Period | None:
    """The period that a value names: a day, month, quarter, half-year or year; None of anything else.

    :param tz: zone of legal days; an instant lies in the day that it has there
    """
    if isinstance(value, datetime):
        value = (value.astimezone(tz) if value.tzinfo else value).date()
    if isinstance(value, date):
        return Period(value, value)
    text = str(value).strip().upper()
    if not _FORM.fullmatch(text):
        return None
    try:
        return _read(text, tz)
    except (ValueError, OverflowError, PeriodError):
        return None


def span_of(values: Iterable[Extremes], unread: int, tz: tzinfo) -> Span | None:
    """What a column spans, or None where it does not hold periods.

    :param values: by form, since text sorts by time only within one
    :param unread: how many values have none of the forms
    """
    found: list[tuple[Period, Period]] = []
    count = 0
    for one in values:
        first, last = period_named(one.first, tz), period_named(one.last, tz)
        if first is None or last is None:
            unread += one.count
        else:
            found.append((first, last))
            count += one.count
    if not found or count * 100 < READABLE_PERCENT * (count + unread):
        return None
    first = min((pair[0] for pair in found), key=lambda period: period.start)
    return Span(first, max((pair[1] for pair in found), key=lambda period: period.last))


def covered(span: Span, frequency: Frequency, seen: date) -> Period | None:
    """What the data cover of a term's periods, up to the day on which they were seen: plans cover nothing.

    None for a term that has no series of periods to fill: there the window decides.

    :param seen: the local day
    """
    if frequency in (Frequency.continuous, Frequency.once):
        return None
    start = _whole(span.first, frequency).start
    last = min(_whole(span.last, frequency).last, seen)
    return Period(start, last) if start <= last else None


def _whole(period: Period, frequency: Frequency) -> Period:
    return period_of(frequency, period.start) if period.days == 1 else period


def _read(text: str, tz: tzinfo) -> Period | None:
    if len(text) > 8:
        moment = datetime.fromisoformat(text)
        day = (moment.astimezone(tz) if moment.tzinfo else moment).date()
        return Period(day, day)
    parts = _PARTS.fullmatch(text)
    if parts is None:
        return None
    year, kind, number, month = parts.groups()
    part = f"-{'H' if kind == 'S' else kind}{number}" if kind else f"-{month}" if month else ""
    return Period.parse(year + part)
