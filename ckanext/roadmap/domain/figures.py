"""The figures of one quarter, definable for each obligation and addable: a body, a sphere, the country."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, fields
from datetime import datetime, timedelta, tzinfo
from enum import StrEnum
from operator import add, attrgetter, sub
from typing import Any

from ckanext.roadmap.domain import shares
from ckanext.roadmap.domain.assessment import Assessment, Status
from ckanext.roadmap.domain.calendar import Period, quarter_of
from ckanext.roadmap.domain.facts import Facts, is_published, known
from ckanext.roadmap.domain.lateness import Lateness, is_late, lateness
from ckanext.roadmap.domain.shares import Share
from ckanext.roadmap.domain.status import rule

_NONE = Share(0, 0)
_TICK = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Figures:
    """What a set of obligations comes to in a quarter.

    `obligations`, `published` and `current` speak of the quarter's end (of now, while it runs); all else of
    the deadlines whose grace ended in the quarter. `automatic`: met by data that a load run brought, of all
    that were met; `attested` those met by an officer's signature. `contested` and `unknown` are among the
    denominator of `kept`.
    """

    obligations: int = 0
    published: Share = _NONE
    current: Share = _NONE
    kept: Share = _NONE
    kept_on_time: Share = _NONE
    automatic: Share = _NONE
    attested: int = 0
    contested: int = 0
    unknown: int = 0
    late: Lateness = field(default_factory=Lateness)

    def __add__(self, other: Figures) -> Figures:
        return Figures(*map(add, _values(self), _values(other)))

    def __sub__(self, other: Figures) -> Figures:
        return Figures(*map(sub, _values(self), _values(other)))

    @classmethod
    def total(cls, parts: Iterable[Figures]) -> Figures:
        """All of them together."""
        return cls(*map(_total, zip(*map(_values, parts), strict=True)))


_values = attrgetter(*(one.name for one in fields(Figures)))


def _total(many: Sequence[Any]) -> Any:
    """Counts, shares or histograms of one name together."""
    first: Any = many[0]
    return first.total(many) if hasattr(first, "total") else sum(many)


class Drill(StrEnum):
    """Figures that count deadlines, and so lead to them."""

    current = "current"
    kept = "kept"
    kept_on_time = "kept_on_time"
    automatic = "automatic"
    attested = "attested"
    late = "late"


def moment(quarter: Period, tz: tzinfo, as_of: datetime) -> datetime:
    """When a quarter is looked at: at its last moment, or now while it runs."""
    return min(quarter.end_at(tz) - _TICK, as_of)


def quarters(last: Period, count: int) -> list[Period]:
    """So many quarters up to this one, the oldest first."""
    found = [last]
    while len(found) < count:
        found.append(quarter_of(found[-1].start - timedelta(days=1)))
    return found[::-1]


def figures(
    facts: Facts, rows: Sequence[Assessment], quarter: Period, tz: tzinfo, as_of: datetime
) -> Figures:
    """The figures of one obligation; `rows` are its deadlines that have begun, as assessed at `as_of`."""
    then = moment(quarter, tz, as_of)
    in_force = is_in_force(facts, then)
    standing = [standing_of(facts, rows_at(facts, rows, then, as_of), then)] if in_force else []
    closed = shares.kept(rows, quarter, tz, as_of)
    return Figures(
        obligations=len(standing),
        published=shares.published(standing).share,
        current=shares.current(rows_at(facts, rows, then, as_of), then).share if in_force else _NONE,
        kept=closed.share,
        kept_on_time=shares.kept_on_time(closed.of, quarter, tz, as_of).share,
        automatic=_automatic(closed.of).share,
        attested=sum(row.is_attested for row in closed.of),
        contested=sum(row.status is Status.contested for row in closed.of),
        unknown=sum(row.status is Status.unknown for row in closed.of),
        late=lateness(closed.of),
    )


def rows_behind(
    drill: Drill, facts: Facts, rows: Sequence[Assessment], quarter: Period, tz: tzinfo, as_of: datetime
) -> tuple[Assessment, ...]:
    """The deadlines of one obligation that a figure counts (of a share: its denominator)."""
    if drill is Drill.current:
        then = moment(quarter, tz, as_of)
        counted = shares.current(rows_at(facts, rows, then, as_of), then).of
        ids = {row.deadline.id for row in counted} if is_in_force(facts, then) else frozenset[str]()
        return tuple(row for row in rows if row.deadline.id in ids)
    closed = shares.kept(rows, quarter, tz, as_of).of
    if drill is Drill.automatic:
        return _automatic(closed).of
    if drill is Drill.attested:
        return tuple(row for row in closed if row.is_attested)
    return tuple(row for row in closed if is_late(row)) if drill is Drill.late else closed


def is_in_force(facts: Facts, then: datetime) -> bool:
    """Whether the obligation held at a moment, as was known then; a span ends at the beginning of a day."""
    return not facts.forces or any(force.holds_at(then + _TICK) for force in known(facts, then).forces)


def rows_at(
    facts: Facts, rows: Sequence[Assessment], then: datetime, as_of: datetime
) -> Sequence[Assessment]:
    """The deadlines as they were shown at a moment; `rows` are those of `as_of`."""
    return rows if then >= as_of else shares.begun(rule()(facts, then), then)


def standing_of(facts: Facts, rows: Sequence[Assessment], then: datetime) -> shares.Standing:
    """Whether its dataset is live at a moment; exempt where its newest deadline of that time is."""
    newest = max(shares.begun(rows, then), key=_age, default=None)
    is_exempt = newest is not None and newest.status is Status.exempt
    obligation_id = rows[0].deadline.obligation_id if rows else ""
    return shares.Standing(obligation_id, is_published(facts, then), is_exempt)


def _age(row: Assessment) -> tuple[datetime, str, str]:
    return row.deadline.end_at, row.deadline.kind, row.deadline.id


def _automatic(closed: Iterable[Assessment]) -> shares.Tally[Assessment]:
    met = tuple(row for row in closed if row.is_met)
    return shares.Tally(met, tuple(row for row in met if row.event is not None and row.event.run_id))
