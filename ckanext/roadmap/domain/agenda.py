"""What a body has to do next for an obligation, and in which order."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from ckanext.roadmap.domain.assessment import Assessment, Status

_LEFT = frozenset({Status.exempt, Status.contested})
_RANK = {Status.in_grace: 1, Status.due: 2, Status.awaiting: 3}


def next_step(rows: Iterable[Assessment]) -> Assessment | None:
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


def urgency(row: Assessment) -> tuple[int, datetime, str]:
    """Orders steps: what is overdue first, the oldest at the head; then what is due next."""
    return _RANK.get(row.status, 0), row.deadline.due_at, row.deadline.id
