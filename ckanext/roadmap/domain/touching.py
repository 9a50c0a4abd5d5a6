"""What each event of one obligation was (see `refresh`), over all time: as it was known then."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from itertools import pairwise
from operator import attrgetter

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
    seen = [max(event.at, event.recorded_at) for event in known]
    late = list(_late(seen))
    edges = [BEGINNING, *late, END]
    found: list[Touched] = []
    for since, until in zip(edges, edges[1:], strict=False):
        one, quarter = Touched(since, None if until == END else until), _Quarter(tz)
        rows = known if not late else [event for event, at in zip(known, seen, strict=True) if at < until]
        for event, touch in touches(rows):
            one.instants.append(max(event.at, event.recorded_at, since))
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


def _late(seen: Sequence[datetime]) -> Iterator[datetime]:
    """When an event was told that is not later than all told before.

    :param seen: when each was told, in the order of the events
    """
    if all(one <= two for one, two in pairwise(seen)):
        return
    latest = -1
    arrivals = sorted((instant, place) for place, instant in enumerate(seen))
    for position, (instant, place) in enumerate(arrivals):
        is_new = position == 0 or arrivals[position - 1][0] != instant
        if place < latest and is_new:
            yield instant
        latest = max(latest, place)


_moment = attrgetter("at", "recorded_at", "id")
