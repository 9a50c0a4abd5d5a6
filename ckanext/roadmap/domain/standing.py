"""An obligation's part in the shares *published* and *current*, over all time."""

from __future__ import annotations

from bisect import insort
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from ckanext.roadmap.domain.deadline import Deadline
from ckanext.roadmap.domain.event import DataEvent, EventKind
from ckanext.roadmap.domain.facts import (
    SHOWS_DATA,
    Facts,
    Sighted,
    is_linked,
    is_live,
    is_published,
    known_force,
    seen_from,
    sighted,
)
from ckanext.roadmap.domain.notice import Force
from ckanext.roadmap.domain.timeline import BEGINNING, TICK, Course
from ckanext.roadmap.domain.verdict import EXEMPT, MET, OVER, STATUS

IN_FORCE, PUBLISHED, FREE, CLOSED, CURRENT = (1 << bit for bit in range(5))
Change = tuple[datetime, bool, int, Deadline]
Moment = tuple[datetime, datetime, str]


@dataclass(slots=True)
class Stand:
    """Bits, each set from the instant beside it on.

    The obligation is in force; its data are published; its newest deadline is exempt; a deadline is closed;
    the newest closed one is met.
    """

    instants: list[datetime] = field(default_factory=list[datetime])
    states: list[int] = field(default_factory=list[int])

    def state_at(self, instant: datetime) -> int | None:
        """The bits at an instant; None before the obligation was known."""
        found = None
        for since, state in zip(self.instants, self.states, strict=True):
            if since <= instant:
                found = state
        return found


def stand(facts: Facts, found: Sequence[Course]) -> Stand:
    """The bits of one obligation, from the courses of its deadlines."""
    known_from = min((force.recorded_at for force in facts.forces), default=BEGINNING)
    changes = sorted(_changes(found), key=lambda change: change[:2])
    published = _published(facts)
    in_force = {instant: _holds(facts.forces, instant) for instant in {known_from, *_edges(facts.forces)}}
    instants = {*in_force, *(change[0] for change in changes), *published}
    result, shown, place, bits = Stand(), _Shown(), 0, 0
    is_live, is_held = is_published(facts, known_from), False
    for instant in sorted(one for one in instants if one >= known_from):
        taken = place
        while place < len(changes) and changes[place][0] <= instant:
            shown.take(changes[place])
            place += 1
        bits = shown.bits() if place > taken else bits
        is_live, is_held = published.get(instant, is_live), in_force.get(instant, is_held)
        state = bits | (PUBLISHED if is_live else 0)
        state |= IN_FORCE if is_held else 0
        if not result.states or result.states[-1] != state:
            result.instants.append(instant)
            result.states.append(state)
    return result


def _changes(found: Sequence[Course]) -> Iterator[Change]:
    for course in found:
        for instant, state in zip(course.instants, course.states, strict=True):
            yield instant, True, state, course.deadline
        if course.until is not None:
            yield course.until, False, 0, course.deadline


class _Shown:
    """The deadlines that have begun, by two orders: the newest one, the newest closed one."""

    def __init__(self) -> None:
        self.states: dict[str, int] = {}
        self.by_age: list[tuple[datetime, str, str]] = []
        self.by_period: list[tuple[datetime, date, str]] = []

    def take(self, change: Change) -> None:
        _, is_there, state, deadline = change
        age = (deadline.end_at, str(deadline.kind), deadline.id)
        period = (deadline.end_at, deadline.period.last, deadline.id)
        if not is_there:
            del self.states[deadline.id]
            self.by_age.remove(age)
            self.by_period.remove(period)
            return
        if deadline.id not in self.states:
            insort(self.by_age, age)
            insort(self.by_period, period)
        self.states[deadline.id] = state

    def bits(self) -> int:
        found = FREE if self.by_age and _is_free(self.states[self.by_age[-1][2]]) else 0
        for _, _, id_ in reversed(self.by_period):
            state = self.states[id_]
            if state & (MET | OVER) and not _is_free(state):
                return found | CLOSED | (CURRENT if state & MET else 0)
        return found


def _is_free(state: int) -> bool:
    return state & STATUS == EXEMPT & STATUS


def _published(facts: Facts) -> dict[datetime, bool]:
    """Whether the data were published, from each instant at which that may change."""
    links = facts.links or (((facts.published_from, facts.published_until),) if facts.published_from else ())
    instants = {instant for link in links for instant in link if instant is not None}
    if not any(event.kind is EventKind.withdrawn or event.unlinked_at for event in facts.events):
        return _since_first(facts, instants)
    sights, place, seen = list(_sights(facts)), 0, _Sights()
    found: dict[datetime, bool] = {}
    last: bool | None = None
    for instant in sorted({*instants, *(sight[0] for sight in sights)}):
        while place < len(sights) and sights[place][0] <= instant:
            seen.take(*sights[place][1:])
            place += 1
        live = is_linked(facts, instant) and is_live(seen.newest())
        if live is not last:
            found[instant] = last = live
    return found


def _since_first(facts: Facts, instants: set[datetime]) -> dict[datetime, bool]:
    """Where nothing was ever taken away, data are there from the first sight on."""
    seen = (seen_from(event, facts) for event in facts.events if event.kind in SHOWS_DATA)
    first = min((instant for instant in seen if instant is not None), default=None)
    if first is None:
        return dict.fromkeys(instants, False)
    return {one: one >= first and is_linked(facts, one) for one in {*instants, first}}


def _sights(facts: Facts) -> list[tuple[datetime, bool, Moment, DataEvent]]:
    """When each event that shows data was first known, and when no more, in the order of time."""
    found: list[tuple[datetime, bool, Moment, DataEvent]] = []
    for event in facts.events:
        since = seen_from(event, facts) if event.kind in SHOWS_DATA else None
        if since is None or (event.unlinked_at is not None and event.unlinked_at <= since):
            continue
        moment = (event.at, event.recorded_at, event.id)
        found.append((since, True, moment, event))
        if event.unlinked_at is not None:
            found.append((event.unlinked_at, False, moment, event))
    return sorted(found, key=lambda sight: sight[:3])


class _Sights:
    """The events that are seen, by place and dataset, the newest last."""

    def __init__(self) -> None:
        self.by_place: dict[Sighted, list[tuple[Moment, EventKind]]] = {}

    def take(self, is_there: bool, moment: Moment, event: DataEvent) -> None:
        rows = self.by_place.setdefault(sighted(event), [])
        if is_there:
            insort(rows, (moment, event.kind))
        else:
            rows.remove((moment, event.kind))

    def newest(self) -> Iterator[EventKind]:
        return (rows[-1][1] for rows in self.by_place.values() if rows)


def _edges(forces: Sequence[Force]) -> Iterator[datetime]:
    for force in forces:
        yield from (
            instant
            for instant in (force.recorded_at, force.since, force.until, force.until_recorded_at)
            if instant is not None
        )


def _holds(forces: Sequence[Force], instant: datetime) -> bool:
    """Whether a span that was known holds; one ends at the beginning of a day."""
    return not forces or any(
        force.recorded_at <= instant and known_force(force, instant).holds_at(instant + TICK)
        for force in forces
    )
