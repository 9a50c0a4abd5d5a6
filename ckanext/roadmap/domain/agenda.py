"""What a body has to do next for an obligation, and in which order."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Protocol, TypeVar

from ckanext.roadmap.domain.assessment import Assessment, Status


class Judged(Protocol):
    """A deadline with its verdict, whoever tells it."""

    @property
    def status(self) -> Status: ...
    @property
    def is_met(self) -> bool: ...


Row = TypeVar("Row", bound=Judged)
Urgency = tuple[int, datetime, str]
_LEFT = frozenset({Status.exempt, Status.contested})
_RANK = {Status.in_grace: 1, Status.due: 2, Status.awaiting: 3}


def next_step(rows: Iterable[Row]) -> Row | None:
    """The deadline to serve next: the newest that ended without data, or else the one whose period runs.

    Deadlines that a decision freed or that are under an objection wait for others, not for the body.

    :param rows: the deadlines of one obligation whose periods have begun, newest first
    """
    running = None
    for row in rows:
        if row.status is Status.awaiting:
            running = row
        elif row.is_met or row.status in _LEFT:
            break
        else:
            return row
    return running


def urgency(row: Assessment) -> Urgency:
    """Orders steps: what is overdue first, the oldest at the head; then what is due next."""
    return urgency_of(row.status, row.deadline.due_at, row.deadline.id)


def urgency_of(status: Status, due_at: datetime, id: str) -> Urgency:
    """The same of a deadline that is told in parts."""
    return _RANK.get(status, 0), due_at, id
