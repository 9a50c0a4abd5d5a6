"""The figures of sets of obligations by quarter: a body, a kind of body, the country."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from ckanext.roadmap.domain.assessment import Status
from ckanext.roadmap.domain.calendar import Period
from ckanext.roadmap.domain.event import DataEvent
from ckanext.roadmap.domain.figures import Figures, figures, quarters
from ckanext.roadmap.domain.refresh import CHANGED, REFRESHED, Refresh, Touch, is_in, refresh, touches
from ckanext.roadmap.services.compliance import Assessed, Scope
from ckanext.roadmap.services.tallies import Sum

Touched = tuple[Assessed, DataEvent, Touch]


@dataclass(frozen=True, slots=True)
class Overview:
    """The figures of some obligations, quarter by quarter up to the one asked for, and today's statuses."""

    figures: tuple[Figures, ...]
    refresh: tuple[Refresh, ...]
    statuses: Counter[Status]

    @property
    def now(self) -> Figures:
        """The figures of the quarter asked for."""
        return self.figures[-1]

    @property
    def before(self) -> Figures:
        """The figures of the quarter before it."""
        return self.figures[-2]

    def __add__(self, other: Overview) -> Overview:
        return Overview(
            tuple(one + two for one, two in zip(self.figures, other.figures, strict=True)),
            tuple(one + two for one, two in zip(self.refresh, other.refresh, strict=True)),
            self.statuses + other.statuses,
        )

    @classmethod
    def total(cls, parts: Sequence[Overview]) -> Overview:
        """All of them together; there must be one."""
        statuses = Counter[Status]()
        for part in parts:
            statuses.update(part.statuses)
        return cls(
            tuple(map(Figures.total, zip(*(part.figures for part in parts), strict=True))),
            tuple(map(Refresh.total, zip(*(part.refresh for part in parts), strict=True))),
            statuses,
        )


def of_sum(one: Sum, scope: Scope) -> Overview:
    """The figures of stored results that were added up."""
    told = _codes(scope.quarter, scope.quarters)
    return Overview(
        tuple(one.figures.get(code, Figures()) for code in told),
        tuple(one.touches.get(code, Refresh()) for code in told),
        one.statuses,
    )


@lru_cache(maxsize=1_000)
def _codes(last: Period, count: int) -> list[str]:
    """All bodies are told of the same few."""
    return [quarter.code for quarter in quarters(last, count)]


def none(scope: Scope) -> Overview:
    """The figures of nothing."""
    count = len(quarters(scope.quarter, scope.quarters))
    return Overview((Figures(),) * count, (Refresh(),) * count, Counter())


def measure(one: Assessed, scope: Scope) -> Overview:
    """The figures of one obligation."""
    touched = list(touches(seen(one, scope)))
    told = quarters(scope.quarter, scope.quarters)
    return Overview(
        tuple(figures(one.owed.facts, one.rows, quarter, scope.tz, scope.as_of) for quarter in told),
        tuple(refresh(touched, quarter, scope.tz) for quarter in told),
        Counter(row.status for row in one.rows),
    )


def seen(one: Assessed, scope: Scope) -> list[DataEvent]:
    """The events of an obligation that had happened by the time that is looked at."""
    return [event for event in one.owed.facts.events if event.at <= scope.as_of]


def touched(assessed: Iterable[Assessed], scope: Scope, asked: frozenset[Touch]) -> list[Touched]:
    """The events of the quarter that were one of these, the newest first."""
    found = [
        (one, event, touch)
        for one in assessed
        for event, touch in touches(seen(one, scope))
        if touch in asked and is_in(event.at, scope.quarter, scope.tz)
    ]
    found.sort(key=lambda row: (row[1].at, row[1].recorded_at, row[1].id), reverse=True)
    return found


TOUCHES: dict[str, frozenset[Touch]] = {
    "refreshed": frozenset(REFRESHED),
    "really_changed": frozenset(CHANGED),
    **{str(touch): frozenset({touch}) for touch in Touch},
}
