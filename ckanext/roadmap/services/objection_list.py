"""Objections with their rulings and terms: the auditor's worklist."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ckanext.roadmap.model import (
    Body,
    DeadlineRow,
    Item,
    ItemRevision,
    ListVersion,
    ObjectionRow,
    Obligation,
    RulingRow,
)

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
    body: Body
    item: Item
    title: dict[str, str]
    rule_by: datetime
    state: State
    days_left: int | None


def load(
    session: Session, now: datetime, days: int, body: str | None = None, is_open: bool = True
) -> list[Disputed]:
    """Objections, those whose term ends first in front.

    :param days: the term of an objection that was recorded without one
    :param body: only those of the body of this name
    :param is_open: only those that wait for their ruling
    """
    query = _rows()
    if body is not None:
        query = query.where(Body.name == body)
    if is_open:
        query = query.where(RulingRow.id.is_(None))
    found = session.execute(query).tuples().all()
    titles = _titles(session, {item.id for *_, item in found})
    rows = [_disputed(now, days, row, titles) for row in found]
    return sorted(rows, key=lambda one: (one.ruling is not None, one.rule_by, one.row.seq))


def state(now: datetime, rule_by: datetime, ruling: RulingRow | None) -> State:
    """Where an objection stands."""
    if ruling is not None:
        return State.upheld if ruling.upheld else State.dismissed
    return State.late if now > rule_by else State.open


def term(row: ObjectionRow, days: int) -> datetime:
    """Until when the auditor is to rule."""
    return row.rule_by or row.recorded_at + timedelta(days=days)


Found = tuple[ObjectionRow, RulingRow, DeadlineRow, Body, Item]


def _disputed(now: datetime, days: int, found: Found, titles: dict[str, dict[str, str]]) -> Disputed:
    row, ruling, deadline, body, item = found
    rule_by = term(row, days)
    return Disputed(
        row=row,
        ruling=ruling,
        deadline=deadline,
        body=body,
        item=item,
        title=titles.get(item.id, {}),
        rule_by=rule_by,
        state=state(now, rule_by, ruling),
        days_left=None if ruling else (rule_by - now) // _DAY,
    )


def _rows() -> sa.Select[Found]:
    return (
        sa.select(ObjectionRow, RulingRow, DeadlineRow, Body, Item)
        .join(DeadlineRow, DeadlineRow.id == ObjectionRow.deadline_id)
        .join(Obligation, Obligation.id == DeadlineRow.obligation_id)
        .join(Body, Body.id == Obligation.body_id)
        .join(Item, Item.id == Obligation.item_id)
        .outerjoin(RulingRow, RulingRow.objection_id == ObjectionRow.id)
    )


def _titles(session: Session, item_ids: set[str]) -> dict[str, dict[str, str]]:
    """The titles of items in the newest approved list."""
    query = (
        sa.select(ItemRevision.item_id, ItemRevision.title)
        .join(ListVersion, ListVersion.id == ItemRevision.list_version_id)
        .where(ItemRevision.item_id.in_(item_ids), ListVersion.approved_at.is_not(None))
        .order_by(ListVersion.in_force_from)
    )
    return {row.item_id: row.title for row in session.execute(query)}
