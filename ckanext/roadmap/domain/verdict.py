"""A deadline's state in one small number, so that states can be stored and counted by the million.

The numbers are stored: a status keeps its number for ever, new ones are added at the end.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from ckanext.roadmap.domain.assessment import Status
from ckanext.roadmap.domain.deadline import Deadline

STATUSES = (
    Status.awaiting,
    Status.due,
    Status.in_grace,
    Status.overdue,
    Status.delinquent,
    Status.not_published,
    Status.on_time,
    Status.late_met,
    Status.exempt,
    Status.contested,
    Status.unknown,
)
NUMBERS = {status: number for number, status in enumerate(STATUSES)}
STATUS, COMPUTED = 15, 15 << 4
MET, KEPT, ON_TIME, MISSED, OVER, ATTESTED = (1 << bit for bit in range(8, 14))
EXEMPT = NUMBERS[Status.exempt] * 17


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a number says. `is_over`: grace is over; `is_attested`: it was met by an officer's signature."""

    status: Status
    computed: Status
    is_met: bool
    is_kept: bool
    is_on_time: bool
    is_missed: bool
    is_over: bool
    is_attested: bool


def pack(
    deadline: Deadline,
    met_at: datetime | None,
    status: Status,
    computed: Status,
    missed: bool,
    instant: datetime,
    kept_until: datetime | None = None,
    attested: bool = False,
) -> int:
    """The state of a deadline at an instant.

    :param attested: what met it is an officer's signature
    """
    state = NUMBERS[status] | NUMBERS[computed] << 4
    grace_until = deadline.grace_until
    if met_at is not None:
        state |= MET | (KEPT if met_at <= (kept_until or grace_until) else 0)
        state |= ON_TIME if met_at <= deadline.due_at else 0
        state |= ATTESTED if attested else 0
    return state | (MISSED if missed else 0) | (OVER if grace_until < instant else 0)


def unpack(state: int) -> Verdict:
    """What a stored number says."""
    return Verdict(
        status=STATUSES[state & STATUS],
        computed=STATUSES[(state & COMPUTED) >> 4],
        is_met=bool(state & MET),
        is_kept=bool(state & KEPT),
        is_on_time=bool(state & ON_TIME),
        is_missed=bool(state & MISSED),
        is_over=bool(state & OVER),
        is_attested=bool(state & ATTESTED),
    )
