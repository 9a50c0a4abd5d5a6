"""Objections with their rulings and terms: the auditor's worklist."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ckanext.roadmap.model import DeadlineRow, Item, ObjectionRow, RulingRow
from ckanext.roadmap.services import holders
from ckanext.roadmap.services.body_history import Face
from ckanext.roadmap.services.holders import Held

_DAY = timedelta(days=1)


class State(StrEnum):
    """Where an objection stands; `late`: the term for the ruling is over."""

    open = "open"
    late = "late"
    upheld = "upheld"
    dismissed = "dismissed"


@dataclass(frozen=True, slots=True)
class Disputed:
    """An objection, what it disputes, and the answer."""

    row: ObjectionRow
    ruling: RulingRow | None
    deadline: DeadlineRow
    body: Face
    item: Item
    title: dict[str, str]
    rule_by: datetime
    state: State
    days_left: int | None


def load(
    session: Session, now: datetime, tz: tzinfo, days: int, body: str | None = None, is_open: bool = True
) -> list[Disputed]:
    """Objections by what was recorded by a time, those whose term ends first in front.

    :param days: the term of an objection that was recorded without one
    :param body: only those of the body of this name
    :param is_open: only those that wait for their ruling
    """
    query = _rows(now)
    if is_open:
        query = query.where(RulingRow.id.is_(None))
    found = session.execute(query).tuples().all()
    ids = {deadline.obligation_id for _, _, deadline in found}
    spans = holders.spans(session, now, now.astimezone(tz).date(), only=ids)
    held = {group[0][0].obligation_id: (group, face) for group, face in spans}
    rows = [_disputed(now, days, row, held[row[2].obligation_id]) for row in found]
    told = [one for one in rows if body in (None, one.body.name)]
    return sorted(told, key=lambda one: (one.ruling is not None, one.rule_by, one.row.seq))


def state(now: datetime, rule_by: datetime, ruling: RulingRow | None) -> State:
    """Where an objection stands."""
    if ruling is not None:
        return State.upheld if ruling.upheld else State.dismissed
    return State.late if now > rule_by else State.open


def term(row: ObjectionRow, days: int) -> datetime:
    """Until when the auditor is to rule."""
    return row.rule_by or row.recorded_at + timedelta(days=days)


def _disputed(
    now: datetime, days: int, found: tuple[ObjectionRow, RulingRow | None, DeadlineRow], held: Held
) -> Disputed:
    row, ruling, deadline = found
    spans, body = held
    rule_by = term(row, days)
    return Disputed(
        row=row,
        ruling=ruling,
        deadline=deadline,
        body=body,
        item=spans[-1][2],
        title=spans[-1][1].title,
        rule_by=rule_by,
        state=state(now, rule_by, ruling),
        days_left=None if ruling else (rule_by - now) // _DAY,
    )


def _rows(now: datetime) -> sa.Select[tuple[ObjectionRow, RulingRow, DeadlineRow]]:
    answers = sa.and_(RulingRow.objection_id == ObjectionRow.id, RulingRow.recorded_at <= now)
    return (
        sa.select(ObjectionRow, RulingRow, DeadlineRow)
        .join(DeadlineRow, DeadlineRow.id == ObjectionRow.deadline_id)
        .outerjoin(RulingRow, answers)
        .where(ObjectionRow.recorded_at <= now)
    )
