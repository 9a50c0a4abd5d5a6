"""Acts that bear on deadlines without editing them, each known from its `recorded_at` (DESIGN section 5)."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class NoticeKind(StrEnum):
    """What a notice does to its deadline."""

    void = "void"
    moved = "moved"


@dataclass(frozen=True, slots=True)
class Notice:
    """Supersedes a deadline: it no longer counts, or is due at another time. The latest one holds."""

    deadline_id: str
    kind: NoticeKind
    recorded_at: datetime
    due_at: datetime | None = None
    reason: str = ""
    act: str | None = None


@dataclass(frozen=True, slots=True)
class Exemption:
    """A decision that frees one deadline, or all that fall due between two instants (both included)."""

    recorded_at: datetime
    since: datetime | None = None
    until: datetime | None = None
    deadline_id: str | None = None
    revoked_at: datetime | None = None

    def holds_for(self, deadline_id: str, due_at: datetime) -> bool:
        """Whether the decision frees this deadline."""
        if self.deadline_id is not None:
            return self.deadline_id == deadline_id
        return (
            self.since is not None and self.since <= due_at and (self.until is None or due_at <= self.until)
        )


@dataclass(frozen=True, slots=True)
class Objection:
    """A body disputes one deadline; it is open until the auditor's ruling is recorded."""

    deadline_id: str
    recorded_at: datetime
    ruled_at: datetime | None = None
    upheld: bool | None = None


@dataclass(frozen=True, slots=True)
class Fault:
    """A time in which facts could not be had through our own fault (from our own log)."""

    since: datetime
    until: datetime | None
    recorded_at: datetime

    def holds_at(self, instant: datetime) -> bool:
        """Whether the fault lasted at that instant."""
        return self.since <= instant and (self.until is None or instant < self.until)


def given_back(faults: Iterable[Fault], since: datetime, until: datetime) -> datetime:
    """Until when a time lasts that ended during our own fault: what the fault took of it follows its end.

    :param since: when the time began
    :param until: when it ended
    """
    ends = [
        fault.until + (until - max(fault.since, since))
        for fault in faults
        if fault.until is not None and fault.holds_at(until)
    ]
    return max(ends, default=until)


def bearing(faults: Sequence[Fault], instants: Iterable[datetime]) -> tuple[Fault, ...]:
    """The faults that lasted at one of these instants.

    :param faults: in the order of time, none within another
    """
    if not faults:
        return ()
    places = set[int]()
    for instant in instants:
        place = bisect_right(faults, instant, key=_beginning) - 1
        if place >= 0 and faults[place].holds_at(instant):
            places.add(place)
    return tuple(faults[place] for place in sorted(places))


def _beginning(fault: Fault) -> datetime:
    return fault.since


@dataclass(frozen=True, slots=True)
class Force:
    """A span in which the obligation was in force; its end is known from `ended_at_recorded`."""

    since: datetime
    recorded_at: datetime
    until: datetime | None = None
    until_recorded_at: datetime | None = None

    def holds_at(self, end_at: datetime) -> bool:
        """Whether the obligation was in force when a period ended (its last moment, not the next day)."""
        return self.since < end_at and (self.until is None or end_at <= self.until)
