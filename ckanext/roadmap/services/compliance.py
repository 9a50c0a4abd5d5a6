"""The compliance view: who owed what, what became of it, and the shares; all figures from the one rule."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, tzinfo

from sqlalchemy.orm import Session

from ckanext.roadmap.domain import shares
from ckanext.roadmap.domain.agenda import next_step, urgency
from ckanext.roadmap.domain.assessment import Assessment, Status
from ckanext.roadmap.domain.calendar import Period, quarter_of
from ckanext.roadmap.domain.event import DataEvent
from ckanext.roadmap.domain.facts import is_published
from ckanext.roadmap.domain.status import rule
from ckanext.roadmap.services import facts
from ckanext.roadmap.services.facts import Owed


@dataclass(frozen=True, slots=True)
class Scope:
    """What of the country is looked at, when, and by which thresholds; bodies are named as on `day`."""

    as_of: datetime
    tz: tzinfo
    quarter: Period
    thresholds: tuple[int, int]
    body: str | None = None
    item: str | None = None
    kind: str | None = None
    sphere: str | None = None
    status: Status | None = None
    day: date | None = None


@dataclass(frozen=True, slots=True)
class Assessed:
    """An obligation with the status of each of its deadlines whose period has begun, newest first."""

    owed: Owed
    rows: tuple[Assessment, ...]
    is_published: bool

    @property
    def newest(self) -> Assessment | None:
        """The newest deadline whose period has begun."""
        return self.rows[0] if self.rows else None


def quarter_at(as_of: datetime, tz: tzinfo) -> Period:
    """The calendar quarter of an instant."""
    return quarter_of(as_of.astimezone(tz).date())


def assess_all(session: Session, scope: Scope) -> list[Assessed]:
    """Apply the rule to every obligation in scope."""
    owed = facts.load(session, scope.as_of, scope.tz, scope.body, scope.item, scope.day)
    return [_assess(one, scope.as_of) for one in owed if _is_in(one, scope)]


def summarize(assessed: Iterable[Assessed], scope: Scope) -> shares.Summary:
    """The figures of a set of obligations.

    *published*, *current* and the number of obligations speak of those in force now; *kept* of every deadline
    whose grace ended in the quarter.
    """
    assessed = tuple(assessed)
    green, yellow = scope.thresholds
    in_force = [one for one in assessed if one.owed.in_force]
    standings = [shares.Standing(one.owed.id, one.is_published, _is_exempt(one)) for one in in_force]
    rows = [row for one in assessed for row in one.rows]
    whole = shares.summary(standings, rows, scope.quarter, scope.tz, scope.as_of, green, yellow)
    current = shares.current((row for one in in_force for row in one.rows), scope.as_of).share
    return shares.Summary(
        obligations=whole.obligations,
        published=whole.published,
        current=current,
        kept=whole.kept,
        kept_on_time=whole.kept_on_time,
        light=whole.light,
        statuses=whole.statuses,
        contested=whole.contested,
        unknown=whole.unknown,
    )


def by_body(assessed: Iterable[Assessed]) -> list[list[Assessed]]:
    """The obligations of each body, in the order of the bodies' codes."""
    groups: dict[str, list[Assessed]] = defaultdict(list)
    for one in assessed:
        groups[one.owed.body.id].append(one)
    return sorted(groups.values(), key=lambda group: group[0].owed.body.code)


def counted(assessed: list[Assessed], scope: Scope, share: str | None) -> list[Assessed]:
    """The same obligations with only those deadlines that a share counts; None: all of them."""
    if share is None:
        return assessed
    if share == "current":
        in_force = (row for one in assessed if one.owed.in_force for row in one.rows)
        rows = shares.current(in_force, scope.as_of).of
    else:
        rows = shares.kept(
            (row for one in assessed for row in one.rows), scope.quarter, scope.tz, scope.as_of
        ).of
    ids = {row.deadline.id for row in rows}
    return [replace(one, rows=tuple(row for row in one.rows if row.deadline.id in ids)) for one in assessed]


def rows_of(assessed: Sequence[Assessed], status: Status | None) -> list[tuple[Assessed, Assessment]]:
    """Every deadline that has begun, the newest period first, then by item and body."""
    rows = [(one, row) for one in assessed for row in one.rows if status is None or row.status is status]
    rows.sort(key=lambda pair: (pair[0].owed.item.code, pair[0].owed.body.code, pair[1].deadline.id))
    rows.sort(key=lambda pair: pair[1].deadline.end_at, reverse=True)
    return rows


def agenda(assessed: Iterable[Assessed]) -> list[tuple[Assessed, Assessment]]:
    """What is to be done next for each obligation in force, the most urgent first."""
    steps = [(one, next_step(one.rows)) for one in assessed if one.owed.in_force]
    found = [(one, step) for one, step in steps if step is not None]
    found.sort(key=lambda pair: (urgency(pair[1]), pair[0].owed.item.code, pair[0].owed.body.code))
    return found


def history(assessed: Iterable[Assessed], as_of: datetime) -> list[tuple[Assessed, DataEvent]]:
    """What happened to the data, the newest first."""
    found = [(one, event) for one in assessed for event in one.owed.facts.events if event.at <= as_of]
    found.sort(key=lambda pair: (pair[1].recorded_at, pair[1].at, pair[1].id), reverse=True)
    return found


def _assess(owed: Owed, as_of: datetime) -> Assessed:
    rows = shares.begun(rule()(owed.facts, as_of), as_of)
    return Assessed(owed, tuple(reversed(rows)), is_published(owed.facts, as_of))


def _is_in(owed: Owed, scope: Scope) -> bool:
    return scope.kind in (None, owed.body.kind) and scope.sphere in (None, owed.revision.sphere)


def _is_exempt(one: Assessed) -> bool:
    return one.newest is not None and one.newest.status is Status.exempt
