"""The compliance view: who owed what, what became of it, and the shares; all figures from the one rule."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, tzinfo

from sqlalchemy.orm import Session

from ckanext.roadmap.domain import figures, shares
from ckanext.roadmap.domain.agenda import next_step, urgency
from ckanext.roadmap.domain.assessment import Assessment, Status
from ckanext.roadmap.domain.calendar import Period, quarter_of
from ckanext.roadmap.domain.event import DataEvent
from ckanext.roadmap.domain.figures import Drill
from ckanext.roadmap.domain.script import fold
from ckanext.roadmap.domain.status import rule
from ckanext.roadmap.services import facts
from ckanext.roadmap.services.body_history import Face
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
    q: str | None = None
    quarters: int = 2

    @property
    def moment(self) -> datetime:
        """When shares of obligations are looked at: at the quarter's end, or now while it runs."""
        return figures.moment(self.quarter, self.tz, self.as_of)


@dataclass(frozen=True, slots=True)
class Assessed:
    """An obligation with the status of each of its deadlines whose period has begun, newest first.

    `standing` says whether it was published at the scope's moment; None where it was not in force then.
    """

    owed: Owed
    rows: tuple[Assessment, ...]
    standing: shares.Standing | None

    @property
    def is_published(self) -> bool:
        """Whether it was in force and published at the scope's moment."""
        return self.standing is not None and self.standing.is_published

    @property
    def newest(self) -> Assessment | None:
        """The newest deadline whose period has begun."""
        return self.rows[0] if self.rows else None


def quarter_at(as_of: datetime, tz: tzinfo) -> Period:
    """The calendar quarter of an instant."""
    return quarter_of(as_of.astimezone(tz).date())


def assess_all(session: Session, scope: Scope, only: Collection[str] | None = None) -> list[Assessed]:
    """Apply the rule to every obligation in scope.

    :param only: ids of obligations (None: all)
    """
    owed = facts.load(
        session,
        scope.as_of,
        scope.tz,
        scope.body,
        scope.item,
        day=scope.day,
        only=only,
    )
    return [_assess(one, scope) for one in chosen(owed, scope)]


def chosen(owed: Iterable[Owed], scope: Scope) -> list[Owed]:
    """Those of the kind of body, the sphere and the name that are in scope."""
    named = Names(scope.q)
    return [one for one in owed if _is_in(one, scope) and named.fits(one.body)]


def counted(assessed: list[Assessed], scope: Scope, drill: Drill | None) -> list[Assessed]:
    """The same obligations with only those deadlines that a figure counts; None: all of them."""
    if drill is None:
        return assessed
    return [replace(one, rows=_behind(one, scope, drill)) for one in assessed]


def rows_of(
    assessed: Sequence[Assessed], status: Status | None, drill: Drill | None = None
) -> list[tuple[Assessed, Assessment]]:
    """Every deadline that has begun, the newest period first, then by item and body.

    :param drill: the figure that counts them; of *current* the one of each obligation, by item and body
    """
    rows = [(one, row) for one in assessed for row in one.rows if status is None or row.status is status]
    rows.sort(key=lambda pair: (pair[0].owed.item.code, pair[0].owed.body.code, pair[1].deadline.id))
    if drill is not Drill.current:
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


def _assess(owed: Owed, scope: Scope) -> Assessed:
    rows = shares.begun(rule()(owed.facts, scope.as_of), scope.as_of)
    is_in_force = figures.is_in_force(owed.facts, scope.moment)
    then = figures.rows_at(owed.facts, rows, scope.moment, scope.as_of)
    standing = figures.standing_of(owed.facts, then, scope.moment) if is_in_force else None
    return Assessed(owed, tuple(reversed(rows)), standing)


def _behind(one: Assessed, scope: Scope, drill: Drill) -> tuple[Assessment, ...]:
    return figures.rows_behind(drill, one.owed.facts, one.rows, scope.quarter, scope.tz, scope.as_of)


def _is_in(owed: Owed, scope: Scope) -> bool:
    return scope.kind in (None, owed.body.kind) and scope.sphere in (None, owed.revision.sphere)


class Names:
    """Bodies by what they are called, in any script: each word that is asked for must occur."""

    def __init__(self, asked: str | None) -> None:
        self.words = [fold(word) for word in (asked or "").split()]
        self.known: dict[str, bool] = {}

    def fits(self, body: Face) -> bool:
        """Whether a body is called so."""
        if not self.words:
            return True
        if body.id not in self.known:
            told = fold(" ".join([body.name, body.code, *map(str, body.title.values())]))
            self.known[body.id] = all(word in told for word in self.words)
        return self.known[body.id]
