"""Deadlines: obligation x period, dated once, never edited (DESIGN section 5)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta, tzinfo
from enum import StrEnum

from ckanext.roadmap.domain.calendar import (
    GracePolicy,
    Period,
    WorkingDays,
    due_at,
    grace,
    periods,
)
from ckanext.roadmap.domain.term import Frequency, Term, Until

_POLICY = GracePolicy()


class DeadlineKind(StrEnum):
    """What the deadline asks for: the data of a period, or the publication of one change."""

    period = "period"
    change = "change"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedDeadline:
    """A deadline before it is written: the dates alone."""

    kind: DeadlineKind
    frequency: Frequency
    period: Period
    start_at: datetime
    end_at: datetime
    due_at: datetime
    grace: timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline(PlannedDeadline):
    """One dated row of the ledger.

    `end_at` is when the period ends; for a change it is the source's own change stamp, for a term due once
    it is the due date itself. `revision_id` says which revision's requirements hold; `recorded_at` when the
    row was written (None: before all else), `overtaken_at` when it became known that a later list holds
    instead.
    """

    id: str
    obligation_id: str
    recorded_at: datetime | None = None
    revision_id: str | None = None
    overtaken_at: datetime | None = None

    @property
    def grace_until(self) -> datetime:
        """Until then a miss is borne."""
        return self.due_at + self.grace

    @property
    def delinquent_after(self) -> datetime:
        """After twice the grace."""
        return self.due_at + 2 * self.grace

    @property
    def is_once(self) -> bool:
        """Whether the term is due one time only."""
        return self.frequency is Frequency.once

    def next_end(self) -> datetime:
        """When the calendar's next period ends (exact to the hour where clocks are changed in between)."""
        return self.end_at + (self.period.next().last - self.period.last)

    def moved_to(self, due_at: datetime) -> Deadline:
        """The same due at another time; the period of one that is due once ends with it."""
        return replace(self, due_at=due_at, end_at=due_at if self.is_once else self.end_at)

    def window(self, next_end: datetime) -> tuple[datetime, datetime]:
        """Events after the first and not after the second instant may meet this deadline."""
        return self.end_at, max(next_end, self.delinquent_after)

    @classmethod
    def from_record(
        cls,
        *,
        id: str,
        obligation_id: str,
        frequency: Frequency,
        period: Period,
        due_at: datetime,
        grace: timedelta,
        tz: tzinfo,
        kind: DeadlineKind = DeadlineKind.period,
        changed_at: datetime | None = None,
        recorded_at: datetime | None = None,
        revision_id: str | None = None,
        overtaken_at: datetime | None = None,
    ) -> Deadline:
        """The deadline that a stored row tells; its instants follow from the days and the time zone."""
        end_at = due_at if frequency is Frequency.once else changed_at or period.end_at(tz)
        return cls(
            id=id,
            obligation_id=obligation_id,
            kind=kind,
            frequency=frequency,
            period=period,
            start_at=changed_at or period.start_at(tz),
            end_at=end_at,
            due_at=due_at,
            grace=grace,
            recorded_at=recorded_at,
            revision_id=revision_id,
            overtaken_at=overtaken_at,
        )


def plan(
    term: Term,
    in_force_from: date,
    ledger_start: date | None,
    until: date,
    working_days: WorkingDays,
    tz: tzinfo,
    policy: GracePolicy = _POLICY,
    in_force_to: date | None = None,
) -> Iterator[PlannedDeadline]:
    """The period deadlines of an obligation, oldest first, for periods that begin by `until`.

    The first period is the first whose last day is not before `in_force_from` and `ledger_start`; what lies
    before is history. `in_force_to` is the first day on which the obligation no longer holds.
    """
    first = max(in_force_from, ledger_start or in_force_from)
    for period in _periods(term, in_force_from, first, until):
        if in_force_to is not None and period.last >= in_force_to:
            return
        due = due_at(term, period, working_days, tz)
        yield PlannedDeadline(
            kind=DeadlineKind.period,
            frequency=term.frequency,
            period=period,
            start_at=period.start_at(tz),
            end_at=due if term.frequency is Frequency.once else period.end_at(tz),
            due_at=due,
            grace=_grace(period, policy),
        )


def plan_change(
    term: Term,
    changed_at: datetime,
    working_days: WorkingDays,
    tz: tzinfo,
    policy: GracePolicy = _POLICY,
) -> PlannedDeadline:
    """The deadline for publishing one change at the source of a continuous term."""
    day = changed_at.astimezone(tz).date()
    period = Period(day, day)
    return PlannedDeadline(
        kind=DeadlineKind.change,
        frequency=term.frequency,
        period=period,
        start_at=changed_at,
        end_at=changed_at,
        due_at=due_at(term, period, working_days, tz),
        grace=_grace(period, policy),
    )


def _periods(term: Term, in_force_from: date, first: date, until: date) -> Iterator[Period]:
    if not isinstance(term.rule, Until):
        yield from periods(term.frequency, first, until)
    elif first <= term.rule.date and in_force_from <= until:
        yield Period(in_force_from, term.rule.date, once=True)


def _grace(period: Period, policy: GracePolicy) -> timedelta:
    return grace(period, policy.share, policy.floor_days, policy.cap_days)
