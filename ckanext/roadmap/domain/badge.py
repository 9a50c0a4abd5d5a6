"""What may be told of a body, an item or a dataset in one light."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from ckanext.roadmap.domain.assessment import Assessment, Status
from ckanext.roadmap.domain.shares import Light

_RED = frozenset({Status.overdue, Status.delinquent, Status.not_published})
_YELLOW = frozenset({Status.late_met, Status.in_grace})
_UNSURE = frozenset({Status.unknown, Status.contested})


def newest_ended(rows: Iterable[Assessment]) -> Assessment | None:
    """The newest deadline whose period has ended.

    :param rows: the deadlines of one obligation whose periods have begun, newest first
    """
    return next((row for row in rows if row.status is not Status.awaiting), None)


def next_due(rows: Iterable[Assessment], as_of: datetime) -> Assessment | None:
    """The open deadline that falls due next, of those whose due date lies ahead."""
    ahead = [row for row in rows if row.counts and not row.is_met and row.deadline.due_at > as_of]
    return min(ahead, key=lambda row: (row.deadline.due_at, row.deadline.id), default=None)


def light_of(statuses: Iterable[Status]) -> Light:
    """The light of some deadlines: that of the worst; green only where one is on time and none is unsure."""
    found = set(statuses)
    if found & _RED:
        return Light.red
    if found & _YELLOW:
        return Light.yellow
    return Light.green if Status.on_time in found and not found & _UNSURE else Light.none
