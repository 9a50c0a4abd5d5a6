"""Periods, working days, due days and grace: the calendar of DESIGN section 5."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from fractions import Fraction
from functools import lru_cache
from math import ceil

from ckanext.roadmap.domain.errors import PeriodError
from ckanext.roadmap.domain.term import ByDate, DaysAfter, Frequency, Term, WithinOfChange

_DAY = timedelta(days=1)
_TICK = timedelta(microseconds=1)
_MONTHS_OF = {
    Frequency.monthly: 1,
    Frequency.continuous: 1,
    Frequency.quarterly: 3,
    Frequency.half_yearly: 6,
    Frequency.annual: 12,
}


@lru_cache(maxsize=10_000)
def start_of_day(day: date, tz: tzinfo) -> datetime:
    """The instant a local day begins, in UTC (the first one, where clocks jump at midnight)."""
    return datetime.combine(day, time.min, tzinfo=tz).astimezone(UTC)


def end_of_day(day: date, tz: tzinfo) -> datetime:
    """The last microsecond of a local day, in UTC: every limit in days includes its day."""
    return start_of_day(day + _DAY, tz) - _TICK


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """Whole local days from `start` to `last`, both included."""

    start: date
    last: date
    once: bool = field(default=False, compare=False)

    @property
    def days(self) -> int:
        """How many days the period holds."""
        return (self.last - self.start).days + 1

    @property
    def code(self) -> str:
        """2023, 2023-H1, 2023-Q1, 2023-03, 2023-W05, 2023-03-14; a period of another shape is `once`."""
        if self.once:
            return "once"
        if self.start == self.last:
            return self.start.isoformat()
        return self._month_code() or self._week_code() or "once"

    def start_at(self, tz: tzinfo) -> datetime:
        """The instant the period begins."""
        return start_of_day(self.start, tz)

    def end_at(self, tz: tzinfo) -> datetime:
        """The instant the period ends: local midnight after `last`."""
        return start_of_day(self.last + _DAY, tz)

    def next(self) -> Period:
        """The period of the same shape that follows."""
        start = self.last + _DAY
        months = self._months()
        if months:
            return Period(start, _add_months(start, months) - _DAY)
        return Period(start, self.last + timedelta(days=self.days))

    def covers(self, other: Period) -> bool:
        """Whether `other` lies wholly within this one."""
        return self.start <= other.start and other.last <= self.last

    @classmethod
    def parse(cls, code: str) -> Period:
        """Read a code back into its period; raises PeriodError for `once` and for nonsense."""
        try:
            period = _parse(code)
        except ValueError:
            period = None
        if period is None or period.code != code:
            accepted = "2023, 2023-H1, 2023-Q1, 2023-03, 2023-W05, 2023-03-14"
            text = f'"{code}" names no period. Write one like {accepted}.'
            raise PeriodError("period_unknown", text, value=code, accepted=accepted)
        return period

    def _months(self) -> int:
        if self.start.day != 1 or (self.last + _DAY).day != 1:
            return 0
        months = (self.last.year - self.start.year) * 12 + self.last.month - self.start.month + 1
        return months if months in (1, 3, 6, 12) and self.start.month % months == 1 % months else 0

    def _month_code(self) -> str:
        year, month = self.start.year, self.start.month
        codes = {1: f"-{month:02}", 3: f"-Q{month // 3 + 1}", 6: f"-H{month // 6 + 1}", 12: ""}
        months = self._months()
        return f"{year:04}{codes[months]}" if months else ""

    def _week_code(self) -> str:
        if self.days != 7 or self.start.weekday() != 0:
            return ""
        year, week, _ = self.start.isocalendar()
        return f"{year:04}-W{week:02}"


def _parse(code: str) -> Period:
    year, _, part = code.partition("-")
    if not (len(year) == 4 and year.isascii() and year.isdigit()):
        raise ValueError(code)
    if part.startswith("W"):
        monday = date.fromisocalendar(int(year), int(part[1:]), 1)
        return Period(monday, monday + 6 * _DAY)
    if len(part) == 5:
        return Period(date.fromisoformat(code), date.fromisoformat(code))
    months = {"": 12, "H": 6, "Q": 3}.get(part[:1], 1)
    number = int(part[1:] if part[:1] in {"H", "Q"} else part or 1)
    start = date(int(year), (number - 1) * months + 1, 1)
    return Period(start, _add_months(start, months) - _DAY)


def period_of(frequency: Frequency, day: date) -> Period:
    """The period of a repeating frequency that holds `day` (a continuous term is confirmed by months)."""
    if frequency in _MONTHS_OF:
        months = _MONTHS_OF[frequency]
        start = date(day.year, (day.month - 1) // months * months + 1, 1)
        return Period(start, _add_months(start, months) - _DAY)
    if frequency is Frequency.weekly:
        monday = day - timedelta(days=day.weekday())
        return Period(monday, monday + 6 * _DAY)
    if frequency is Frequency.daily:
        return Period(day, day)
    raise PeriodError("no_periods", "A term due once has no calendar of periods.", value=str(frequency))


def quarter_of(day: date) -> Period:
    """The calendar quarter that holds `day`."""
    return period_of(Frequency.quarterly, day)


def periods(frequency: Frequency, first_end_on_or_after: date, until: date) -> Iterator[Period]:
    """Periods in order, without gap or overlap: last day on or after the first date, first day by `until`."""
    period = period_of(frequency, first_end_on_or_after)
    while period.start <= until:
        yield period
        period = period.next()


@dataclass(frozen=True, slots=True)
class WorkingDays:
    """Monday to Friday without the public holidays, and the days of rest that were made working days."""

    holidays: frozenset[date] = frozenset()
    worked: frozenset[date] = frozenset()

    def is_working(self, day: date) -> bool:
        """Whether offices are open on that day."""
        return day not in self.holidays and (day.weekday() < 5 or day in self.worked)

    def add(self, day: date, count: int) -> date:
        """The `count`-th working day after `day`."""
        while count > 0:
            day += _DAY
            count -= self.is_working(day)
        return day


@dataclass(frozen=True, slots=True)
class GracePolicy:
    """Numbers of a list version: how long a miss is borne before it is one."""

    share: float = 0.20
    floor_days: int = 1
    cap_days: int = 45


def grace(period: Period, share: float = 0.20, floor_days: int = 1, cap_days: int = 45) -> timedelta:
    """Clamp(share of the period, floor, cap) in whole days, rounded up so that no body loses by rounding."""
    days = ceil(Fraction(str(share)) * period.days)
    return timedelta(days=min(max(days, floor_days), cap_days))


def due_day(term: Term, period: Period, working_days: WorkingDays) -> date:
    """The last local day on which `period` is on time; "by 1 March" speaks of the year before."""
    rule = term.rule
    if isinstance(rule, DaysAfter | WithinOfChange):
        last = period.last
        return working_days.add(last, rule.days) if rule.working else last + timedelta(days=rule.days)
    if isinstance(rule, ByDate):
        return _named_day(period.last.year + 1, rule)
    return rule.date


def due_at(term: Term, period: Period, working_days: WorkingDays, tz: tzinfo) -> datetime:
    """The end of the due day, in UTC."""
    return end_of_day(due_day(term, period, working_days), tz)


def _named_day(year: int, rule: ByDate) -> date:
    last = (_add_months(date(year, rule.month, 1), 1) - _DAY).day
    return date(year, rule.month, min(rule.day, last))


def _add_months(day: date, months: int) -> date:
    years, month = divmod(day.month - 1 + months, 12)
    return date(day.year + years, month + 1, 1)
