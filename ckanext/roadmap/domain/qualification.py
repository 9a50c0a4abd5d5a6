"""Whether an event is good enough for a deadline (DESIGN section 5, "What qualifies for P")."""

from __future__ import annotations

from dataclasses import dataclass, field

from ckanext.roadmap.domain.deadline import Deadline, DeadlineKind
from ckanext.roadmap.domain.event import DataEvent, EventKind, Grade
from ckanext.roadmap.domain.facts import Requirements
from ckanext.roadmap.domain.reason import Reason
from ckanext.roadmap.domain.term import Frequency


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why an event does not do, and what it lacks."""

    reason: Reason
    missing: tuple[str, ...] = ()


@dataclass(slots=True)
class History:
    """What one place has shown so far, while its events are read in the order of time."""

    hashes: set[str] = field(default_factory=set[str])
    live: dict[str | None, bool] = field(default_factory=dict[str | None, bool])
    attested_in_row: int = 0
    idle: DataEvent | None = None

    @property
    def is_live(self) -> bool:
        """Whether the data are there, in one dataset at least."""
        return not self.live or any(self.live.values())

    def add(self, event: DataEvent, deadline: Deadline | None) -> None:
        """Take an event into account, with the deadline that it met."""
        if event.kind is EventKind.failed:
            return
        if event.kind is not EventKind.attested:
            self.live[event.dataset_id] = event.kind is not EventKind.withdrawn
        if event.kind in _CONTENT and event.content_hash:
            self.hashes.add(event.content_hash)
        if deadline is not None:
            self._count(event, deadline)
        elif event.kind is not EventKind.withdrawn:
            self.idle = event

    def _count(self, event: DataEvent, deadline: Deadline) -> None:
        if event.kind is not EventKind.attested:
            self.attested_in_row = 0
        elif is_limited(deadline):
            self.attested_in_row += 1


def is_limited(deadline: Deadline) -> bool:
    """Whether attestations for it are counted: those of a continuous term, of change or month, are not."""
    return deadline.kind is DeadlineKind.period and deadline.frequency is not Frequency.continuous


def refusal(event: DataEvent, deadline: Deadline, required: Requirements, history: History) -> Refusal | None:
    """None when the event may meet the deadline (its window apart); else the first thing that it lacks."""
    reason = _RULES[event.kind](event, deadline, required, history)
    if reason is not None:
        return Refusal(reason)
    if required.columns and not (event.columns and required.columns <= event.columns):
        return Refusal(Reason.columns_missing, _lacking(required.columns, event.columns))
    if required.is_coverage_undefined:
        return Refusal(Reason.coverage_undefined)
    if required.territorial and not (event.regions is not None and required.regions <= event.regions):
        return Refusal(Reason.regions_missing, _lacking(required.regions, event.regions))
    return None


def _changed(event: DataEvent, deadline: Deadline, required: Requirements, history: History) -> Reason | None:
    """Content never published before: no re-upload, no flip-flop; once-only content need only be live."""
    if event.grade is not Grade.measured or not event.content_hash:
        return Reason.not_measured
    if event.content_hash in history.hashes and not deadline.is_once:
        return Reason.same_content
    return None


def _unchanged(
    event: DataEvent, deadline: Deadline, required: Requirements, history: History
) -> Reason | None:
    """Only an automatic run that read the live source after the period's end, and only where allowed."""
    if event.grade is not Grade.measured:
        return Reason.not_measured
    if not required.unchanged_allowed:
        return Reason.unchanged_not_allowed
    return None if _is_read_after_end(event, deadline) else Reason.source_not_read


def _is_read_after_end(event: DataEvent, deadline: Deadline) -> bool:
    if event.live_read_at is None:
        return False
    if deadline.kind is DeadlineKind.change:
        return event.live_read_at >= deadline.end_at
    return deadline.is_once or event.live_read_at > deadline.end_at


def _attested(
    event: DataEvent, deadline: Deadline, required: Requirements, history: History
) -> Reason | None:
    """A signed statement about data that are public, so many times in a row."""
    if event.grade is not Grade.attested:
        return Reason.not_measured
    if not history.is_live:
        return Reason.withdrawn
    if is_limited(deadline) and history.attested_in_row >= required.attestation_limit:
        return Reason.attestation_limit
    return None


def _failed(event: DataEvent, deadline: Deadline, required: Requirements, history: History) -> Reason | None:
    return Reason.source_failed


def _withdrawn(
    event: DataEvent, deadline: Deadline, required: Requirements, history: History
) -> Reason | None:
    return Reason.withdrawn


_CONTENT = frozenset({EventKind.changed, EventKind.unchanged})
_RULES = {
    EventKind.changed: _changed,
    EventKind.unchanged: _unchanged,
    EventKind.attested: _attested,
    EventKind.failed: _failed,
    EventKind.withdrawn: _withdrawn,
}


def _lacking(required: frozenset[str], measured: frozenset[str] | None) -> tuple[str, ...]:
    return tuple(sorted(required - (measured or frozenset())))
