"""Acts that bear on deadlines without editing them, each known from its `recorded_at` (DESIGN section 5)."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
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

    Where a further fault takes the end of that again, the rest of it follows the further one.

    :param since: when the time began
    :param until: when it ended
    """
    known = tuple(faults)
    while ends := [_after(fault, since, until) for fault in known if fault.until and fault.holds_at(until)]:
        until, since = max(ends)
    return until


def given_back_once(faults: Iterable[Fault], since: datetime, until: datetime) -> datetime:
    """The same by version 2 of the rule: what a further fault takes of that is lost."""
    ends = [
        fault.until + (until - max(fault.since, since))
        for fault in faults
        if fault.until is not None and fault.holds_at(until)
    ]
    return max(ends, default=until)


def _after(fault: Fault, since: datetime, until: datetime) -> tuple[datetime, datetime]:
    """When a time ends instead that ended in a fault, and when the fault was over.

    A deadline that was moved to before the end of its period has no time that could be taken.
    """
    over = fault.until or until
    return over + max(until - max(fault.since, since), timedelta()), over


def bearing(faults: Sequence[Fault], times: Iterable[tuple[datetime, datetime]]) -> tuple[Fault, ...]:
    """The faults in which one of these times ended, or ended again once the earlier fault was given back.

    :param faults: in the order of time, none within another
    :param times: the beginning and the end of each
    """
    places = {place for time in times for place in _places(faults, *time)} if faults else ()
    return tuple(faults[place] for place in sorted(places))


def _places(faults: Sequence[Fault], since: datetime, until: datetime) -> Iterator[int]:
    """The places of those in which one time ended, one after the other."""
    while (place := bisect_right(faults, until, key=_beginning) - 1) >= 0:
        fault = faults[place]
        if not fault.holds_at(until):
            return
        yield place
        if fault.until is None:
            return
        until, since = _after(fault, since, until)


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
