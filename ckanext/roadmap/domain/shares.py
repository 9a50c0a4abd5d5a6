"""Shares of obligations and deadlines, each with the very rows it counts (DESIGN section 5, "Shares")."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from enum import StrEnum
from typing import Generic, TypeVar

from ckanext.roadmap.domain.assessment import Assessment, Status
from ckanext.roadmap.domain.calendar import Period

GREEN, YELLOW = 71, 55


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many."""

    met: int
    of: int

    @property
    def percent(self) -> float | None:
        """The share in percent; None of nothing."""
        return 100 * self.met / self.of if self.of else None

    @property
    def told(self) -> float | None:
        """The same with one decimal, as it is told: 100 only where all are met."""
        if not self.of:
            return None
        rounded = round(100 * self.met / self.of, 1)
        return rounded if self.met >= self.of else min(rounded, 99.9)

    def __add__(self, other: Share) -> Share:
        return Share(self.met + other.met, self.of + other.of)

    def __sub__(self, other: Share) -> Share:
        return Share(self.met - other.met, self.of - other.of)

    @classmethod
    def total(cls, parts: Collection[Share]) -> Share:
        """All of them together."""
        return cls(sum(part.met for part in parts), sum(part.of for part in parts))


class Light(StrEnum):
    """The traffic light of the official review (Openness Index: green 71-100, yellow 55-71, red below)."""

    green = "green"
    yellow = "yellow"
    red = "red"
    none = "none"


def light(share: Share, green: float = GREEN, yellow: float = YELLOW) -> Light:
    """The light of a share of *kept*; a threshold belongs to the better light."""
    if not share.of:
        return Light.none
    reached = 100 * share.met
    if reached >= green * share.of:
        return Light.green
    return Light.yellow if reached >= yellow * share.of else Light.red


@dataclass(frozen=True, slots=True)
class Standing:
    """Whether an obligation in force has a live public dataset; `is_exempt` takes it out of the share."""

    obligation_id: str
    is_published: bool
    is_exempt: bool = False


Row = TypeVar("Row", Assessment, Standing)


@dataclass(frozen=True, slots=True)
class Tally(Generic[Row]):
    """The rows of a share's denominator and, among them, of its numerator."""

    of: tuple[Row, ...]
    met: tuple[Row, ...]

    @property
    def share(self) -> Share:
        """The figure that the rows add up to."""
        return Share(len(self.met), len(self.of))


def published(standings: Iterable[Standing]) -> Tally[Standing]:
    """Obligations with a live public dataset, of all in force."""
    rows = tuple(row for row in standings if not row.is_exempt)
    return Tally(rows, tuple(row for row in rows if row.is_published))


def current(assessments: Iterable[Assessment], as_of: datetime) -> Tally[Assessment]:
    """Obligations whose newest closed deadline is met, of those that have one; a row an obligation."""
    newest: dict[str, Assessment] = {}
    for row in assessments:
        if row.counts and is_closed(row, as_of):
            known = newest.setdefault(row.deadline.obligation_id, row)
            newest[row.deadline.obligation_id] = max(known, row, key=_age)
    rows = tuple(newest.values())
    return Tally(rows, tuple(row for row in rows if _is_met_by(row, as_of)))


def is_closed(row: Assessment, as_of: datetime) -> bool:
    """Whether nothing more is awaited: it is met, or its grace is over; also of a time before the verdict."""
    return _is_met_by(row, as_of) or row.deadline.grace_until < as_of


def kept(
    assessments: Iterable[Assessment], quarter: Period, tz: tzinfo, as_of: datetime
) -> Tally[Assessment]:
    """Deadlines met before grace was over, of those whose grace ended in the quarter and by `as_of`."""
    rows = _closing(assessments, quarter, tz, as_of)
    return Tally(rows, tuple(row for row in rows if row.is_kept))


def kept_on_time(
    assessments: Iterable[Assessment], quarter: Period, tz: tzinfo, as_of: datetime
) -> Tally[Assessment]:
    """The same deadlines, by the strict measure: met by the due date."""
    rows = _closing(assessments, quarter, tz, as_of)
    return Tally(rows, tuple(row for row in rows if row.is_on_time))


@dataclass(frozen=True, slots=True)
class Summary:
    """The figures of a body, a group or the country; contested and unknown ones are among those of *kept*."""

    obligations: int
    published: Share
    current: Share
    kept: Share
    kept_on_time: Share
    light: Light
    statuses: dict[Status, int]
    contested: int
    unknown: int


def summary(
    standings: Iterable[Standing],
    assessments: Iterable[Assessment],
    quarter: Period,
    tz: tzinfo,
    as_of: datetime,
    green: float = GREEN,
    yellow: float = YELLOW,
) -> Summary:
    """All figures of one set of obligations; `statuses` counts the deadlines whose period has begun."""
    standings, assessments = tuple(standings), tuple(assessments)
    counted = kept(assessments, quarter, tz, as_of)
    statuses = Counter(row.status for row in begun(assessments, as_of))
    beside = Counter(row.status for row in counted.of)
    return Summary(
        obligations=len(standings),
        published=published(standings).share,
        current=current(assessments, as_of).share,
        kept=counted.share,
        kept_on_time=kept_on_time(counted.of, quarter, tz, as_of).share,
        light=light(counted.share, green, yellow),
        statuses={status: statuses[status] for status in Status},
        contested=beside[Status.contested],
        unknown=beside[Status.unknown],
    )


def begun(assessments: Iterable[Assessment], as_of: datetime) -> tuple[Assessment, ...]:
    """The deadlines whose period has begun."""
    return tuple(row for row in assessments if row.deadline.start_at <= as_of)


def _is_met_by(row: Assessment, as_of: datetime) -> bool:
    return row.met_at is not None and row.met_at <= as_of


def _closing(
    assessments: Iterable[Assessment], quarter: Period, tz: tzinfo, as_of: datetime
) -> tuple[Assessment, ...]:
    first, after = quarter.start_at(tz), quarter.end_at(tz)
    return tuple(
        row
        for row in assessments
        if row.counts and first <= row.deadline.grace_until < after and row.deadline.grace_until < as_of
    )


def _age(row: Assessment) -> tuple[datetime, date, str]:
    return row.deadline.end_at, row.deadline.period.last, row.deadline.id
