"""Notices that annul a deadline or move it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, tzinfo

from sqlalchemy.orm import Session

from ckanext.roadmap.domain.calendar import end_of_day
from ckanext.roadmap.domain.deadline import Deadline
from ckanext.roadmap.domain.notice import NoticeKind
from ckanext.roadmap.model import DeadlineNoticeRow
from ckanext.roadmap.model.columns import new_id
from ckanext.roadmap.presentation.refusals import refusal
from ckanext.roadmap.services import ledger


@dataclass(frozen=True, slots=True)
class Change:
    """What a notice does, why, and by which act."""

    kind: NoticeKind
    reason: str
    act: str
    due_day: date | None = None


def give(session: Session, now: datetime, deadline: Deadline, change: Change, tz: tzinfo) -> str:
    """Supersede a deadline by a notice; the row itself stays as it was. The caller commits.

    :returns: the id of the notice
    :raises RoadmapError: a moved deadline without a due day, an annulled one with it, a day too early, or the
        same notice stands already
    """
    due_at = end_of_day(change.due_day, tz) if change.due_day else None
    if change.kind is NoticeKind.void and due_at is not None:
        raise refusal("due_unwanted")
    if change.kind is NoticeKind.moved and due_at is None:
        raise refusal("due_missing")
    if due_at is not None and due_at < (deadline.start_at if deadline.is_once else deadline.end_at):
        raise refusal("due_too_early")
    row = DeadlineNoticeRow(
        id=new_id(),
        deadline_id=deadline.id,
        kind=str(change.kind),
        due_at=due_at,
        reason=change.reason,
        act=change.act,
    )
    ledger.lock(session, DeadlineNoticeRow)
    newest = session.scalar(DeadlineNoticeRow.newest(deadline.id))
    if newest is not None and (newest.kind, newest.due_at, newest.act) == (row.kind, row.due_at, row.act):
        raise refusal("already_noticed")
    return ledger.append(session, now, [row])[0]
