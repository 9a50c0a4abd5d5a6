"""What each event of one obligation was (see `refresh`), over all time: as it was known then."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, tzinfo

from ckanext.roadmap.domain.calendar import quarter_of
from ckanext.roadmap.domain.event import DataEvent
from ckanext.roadmap.domain.refresh import Touch, touches
from ckanext.roadmap.domain.timeline import BEGINNING, END

TOUCHES = tuple(Touch)
_NUMBERS = {touch: number for number, touch in enumerate(TOUCHES)}


@dataclass(slots=True)
class Touched:
    """Touches as they were known from `since` until `until`: each from its instant on, with its quarter."""

    since: datetime
    until: datetime | None
    instants: list[datetime] = field(default_factory=list[datetime])
    quarters: list[str] = field(default_factory=list[str])
    touches: list[int] = field(default_factory=list[int])


def touched(events: Iterable[DataEvent], tz: tzinfo) -> list[Touched]:
    """The touches of an obligation; an event told late may change what later ones were, from then on."""
    known = sorted(events, key=_moment)
    edges = [BEGINNING, *_late(known), END]
    found: list[Touched] = []
    for since, until in zip(edges, edges[1:], strict=False):
        one, quarter = Touched(since, None if until == END else until), _Quarter(tz)
        for event, touch in touches([event for event in known if _seen(event) < until]):
            one.instants.append(max(_seen(event), since))
            one.quarters.append(quarter.at(event.at))
            one.touches.append(_NUMBERS[touch])
        found.append(one)
    return [one for one in found if one.instants]


class _Quarter:
    """Names the quarters of instants that come in order: most lie in the quarter of the one before."""

    def __init__(self, tz: tzinfo) -> None:
        self.tz, self.code = tz, ""
        self.first = self.after = BEGINNING

    def at(self, instant: datetime) -> str:
        if not self.first <= instant < self.after:
            quarter = quarter_of(instant.astimezone(self.tz).date())
            self.code = quarter.code
            self.first, self.after = quarter.start_at(self.tz), quarter.end_at(self.tz)
        return self.code


def _late(known: list[DataEvent]) -> Iterator[datetime]:
    """When an event was told that is not later than all told before."""
    latest = -1
    arrivals = sorted((_seen(event), place) for place, event in enumerate(known))
    for position, (seen, place) in enumerate(arrivals):
        is_new = position == 0 or arrivals[position - 1][0] != seen
        if place < latest and is_new:
            yield seen
        latest = max(latest, place)


def _seen(event: DataEvent) -> datetime:
    return max(event.at, event.recorded_at)


def _moment(event: DataEvent) -> tuple[datetime, datetime, str]:
    return event.at, event.recorded_at, event.id
