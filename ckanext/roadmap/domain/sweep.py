"""Gives each event of one place to the deadline that it meets, in one pass over time (DESIGN section 5).

An event whose data tell their own period goes to the newest ended period that they cover. Any other goes to
the oldest unmet deadline whose window holds it; one that a decision freed takes only what no other can use.
Either way it meets one deadline at most, and beside it confirms one month of a continuous term.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from ckanext.roadmap.domain.calendar import Period
from ckanext.roadmap.domain.deadline import Deadline, DeadlineKind
from ckanext.roadmap.domain.event import DataEvent, EventKind
from ckanext.roadmap.domain.facts import Requirements
from ckanext.roadmap.domain.qualification import History, Refusal, refusal
from ckanext.roadmap.domain.reason import Reason
from ckanext.roadmap.domain.term import Frequency

_ALWAYS = datetime.min.replace(tzinfo=UTC)
_TICK = timedelta(microseconds=1)
_ELSEWHERE = Refusal(Reason.counted_elsewhere)
_OTHER_PERIOD = Refusal(Reason.other_period)
_TOO_EARLY = Refusal(Reason.too_early)
_TOO_LATE = Refusal(Reason.window_missed)


@dataclass(slots=True, eq=False)
class Slot:
    """A deadline in one place: its window, what met it, and what came nearest.

    `is_freed`: a decision freed it, so that it takes nothing from those that count.
    """

    deadline: Deadline
    required: Requirements
    after: datetime
    until: datetime
    is_freed: bool = False
    met: DataEvent | None = None
    near: DataEvent | None = None
    lack: Refusal | None = None

    def note(self, event: DataEvent, lack: Refusal) -> None:
        """Remember the nearest miss; of two alike the later one."""
        if self.lack is None or lack.reason.rank >= self.lack.reason.rank:
            self.near, self.lack = event, lack

    @property
    def is_confirmation(self) -> bool:
        """Whether it only asks that the source of a continuous term was read in a month, or confirmed."""
        return _is_periodic(self.deadline) and self.deadline.frequency is Frequency.continuous


def open_slots(
    rows: Sequence[tuple[Deadline, Requirements]],
    events: Sequence[DataEvent],
    freed: Collection[str] = (),
) -> list[Slot]:
    """A slot for each deadline, the oldest first; content live before a once-only term began counts.

    :param freed: ids of the deadlines that a decision freed
    """
    ends = {
        row.period.start: row.end_at for row, _ in rows if row.kind is DeadlineKind.period and not row.is_once
    }
    changes = [row.end_at for row, _ in rows if row.kind is DeadlineKind.change]
    return [
        Slot(
            deadline,
            required,
            _opening(deadline, events),
            deadline.window(_next_end(deadline, ends, changes))[1],
            deadline.id in freed,
        )
        for deadline, required in rows
    ]


def sweep(slots: Sequence[Slot], events: Sequence[DataEvent], confirms: bool = True) -> None:
    """Mark the slots that the events meet; both are in the order of time.

    :param confirms: whether what publishes a change confirms a month too (up to version 5 it did not)
    """
    history, timeline = History(), _Timeline(slots)
    give = _give_and_confirm if confirms else _give
    for event in events:
        current = timeline.advance(event.at, history)
        target = give(event, timeline.aimed_at(event, current), history)
        _explain(event, target, current, timeline, history)
        history.add(event, target.deadline if target else None)
    timeline.advance(None, history)


def _give_and_confirm(event: DataEvent, candidates: Sequence[Slot], history: History) -> Slot | None:
    """A signature meets what it names alone; what was measured also shows that the source was read."""
    if len(candidates) < 2:
        return _give(event, candidates, history)
    counted_first = sorted(candidates, key=lambda slot: slot.is_freed)
    target = _give(event, [slot for slot in counted_first if not slot.is_confirmation], history)
    if target is not None and event.kind is EventKind.attested:
        return target
    return _give(event, [slot for slot in counted_first if slot.is_confirmation], history) or target


def _give(event: DataEvent, candidates: Sequence[Slot], history: History) -> Slot | None:
    for slot in candidates:
        if slot.met is not None:
            continue
        lack = refusal(event, slot.deadline, slot.required, history)
        if lack is None:
            slot.met = event
            return slot
        slot.note(event, lack)
    return None


def _explain(
    event: DataEvent, target: Slot | None, current: Sequence[Slot], timeline: _Timeline, history: History
) -> None:
    """Tell the unmet slots why this event was not theirs."""
    if target is None and event.covers is None:
        timeline.note_late(event, history)
        return
    lack = _OTHER_PERIOD if event.covers else _ELSEWHERE
    for slot in current:
        if slot.met is None:
            slot.note(event, lack)
    if event.covers is None:
        timeline.note_late(event, history, qualified=True)


class _Timeline:
    """Which slots are open at the time that the sweep has reached."""

    def __init__(self, slots: Sequence[Slot]) -> None:
        self.slots = sorted(slots, key=lambda slot: slot.after)
        self.next = 0
        self.open: list[Slot] = []
        self.expired: list[Slot] = []
        self.periodic = [slot for slot in self.slots if _is_periodic(slot.deadline)]

    def advance(self, at: datetime | None, history: History) -> list[Slot]:
        """The unmet slots whose window holds `at`, the oldest first; None runs to the end."""
        while self.next < len(self.slots) and (at is None or self.slots[self.next].after < at):
            slot = self.slots[self.next]
            self.next += 1
            self.open.append(slot)
            if history.idle is not None and slot.deadline.start_at < history.idle.at <= slot.after:
                slot.note(history.idle, _TOO_EARLY)
        if at is not None and self.open:
            unmet = [slot for slot in self.open if slot.met is None]
            self.expired += [slot for slot in unmet if slot.until < at]
            self.open = [slot for slot in unmet if slot.until >= at]
        return self.open

    def aimed_at(self, event: DataEvent, current: list[Slot]) -> Sequence[Slot]:
        """The slots that an event may meet."""
        if event.covers is None or not self.periodic:
            return current
        found = self._covered(event.covers, event.at)
        return () if found is None else (found,)

    def note_late(self, event: DataEvent, history: History, qualified: bool = False) -> None:
        """A good event after the window shows that the data came, too late; each slot is told once."""
        if not self.expired or event.kind in _NO_DATA:
            return
        last = self.expired[-1]
        if qualified or refusal(event, last.deadline, last.required, history) is None:
            for slot in self.expired:
                slot.note(event, _TOO_LATE)
            self.expired = []

    def _covered(self, covers: Period, at: datetime) -> Slot | None:
        """The newest period, ended before `at`, that lies wholly within what the data cover."""
        last = bisect_right(self.periodic, covers.last, key=lambda slot: slot.deadline.period.last)
        ended = bisect_left(self.periodic, at, key=lambda slot: slot.after)
        newest = min(last, ended) - 1
        if newest < 0 or not covers.covers(self.periodic[newest].deadline.period):
            return None
        return self.periodic[newest]


_NO_DATA = frozenset({EventKind.failed, EventKind.withdrawn})


def _is_periodic(deadline: Deadline) -> bool:
    return deadline.kind is DeadlineKind.period and not deadline.is_once


def _opening(deadline: Deadline, events: Sequence[DataEvent]) -> datetime:
    if deadline.kind is DeadlineKind.change:
        return deadline.end_at - _TICK
    if not deadline.is_once:
        return deadline.end_at
    before, opening = History(), _ALWAYS
    for event in events:
        if event.at <= deadline.start_at:
            before.add(event, None)
            opening = opening if before.is_live else event.at
    return opening


def _next_end(deadline: Deadline, ends: dict[date, datetime], changes: list[datetime]) -> datetime:
    if deadline.is_once:
        return deadline.end_at
    if deadline.kind is DeadlineKind.change:
        position = bisect_right(changes, deadline.end_at)
        return changes[position] if position < len(changes) else deadline.end_at
    return ends.get(deadline.period.last + timedelta(days=1)) or deadline.next_end()
