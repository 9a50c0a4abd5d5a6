"""Keeps what the pages of now tell of each obligation; what is kept goes with the first write to it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from ckanext.roadmap.model import Item, Obligation, ObligationTerm, SheetRow, TallyTime
from ckanext.roadmap.services import results

Content = dict[str, Any]
SHAPE = 2  # to be raised with each change of what a summary or a deadline holds


@dataclass(frozen=True, slots=True)
class Sheet:
    """An obligation as it is shown from an instant until another."""

    obligation_id: str
    body_id: str
    item_code: str
    sphere: str
    outlook: list[int]
    since: datetime
    until: datetime
    summary: Content
    deadlines: Content


Make = Callable[[Session, Collection[str]], Iterable[Sheet]]


def of_body(session: Session, body_id: str, at: datetime, tz: tzinfo, make: Make) -> list[Content]:
    """The summaries of all that a body holds at the present time; those that are missing are made first.

    :param make: applies the rule to obligations
    """
    found, missing = _holding(session, body_id, at)
    if missing:
        make_sheets(session, missing, tz, make)
        found, _ = _holding(session, body_id, at)
    return [row.summary for row in found if row.body_id == body_id]


def of_item(session: Session, item_code: str, at: datetime, tz: tzinfo, make: Make) -> list[Any]:
    """The same of all obligations to an item: obligation, body, until when, summary."""
    term, owed = ObligationTerm, Obligation
    query = sa.select(term.obligation_id).join(owed, owed.id == term.obligation_id)
    query = query.join(Item, Item.id == owed.item_id)
    ids = set(session.scalars(query.where(Item.code == item_code, term.recorded_at <= at)))
    return of_obligations(session, ids, at, tz, make)


def of_obligations(session: Session, ids: set[str], at: datetime, tz: tzinfo, make: Make) -> list[Any]:
    """The same of these obligations."""
    found, missing = _of(session, ids, at)
    if missing:
        make_sheets(session, missing, tz, make)
        found, _ = _of(session, ids, at)
    return found


def held(session: Session, body_id: str, at: datetime) -> tuple[list[Content], datetime] | None:
    """The same, where none is missing, and until when all of it and the body's sums hold."""
    found, missing = _holding(session, body_id, at)
    ends = [row.until for row in found]
    ends.extend(session.scalars(sa.select(TallyTime.until).where(TallyTime.body_id == body_id)))
    if missing or not ends:
        return None
    return [row.summary for row in found if row.body_id == body_id], min(ends)


def _holding(session: Session, body_id: str, at: datetime) -> tuple[list[Any], set[str]]:
    """The sheets that hold of what a body holds or held, and which are missing."""
    terms = sa.select(ObligationTerm.obligation_id).where(
        ObligationTerm.body_id == body_id, ObligationTerm.recorded_at <= at
    )
    return _of(session, set(session.scalars(terms)), at)


def _of(session: Session, ids: set[str], at: datetime) -> tuple[list[Any], set[str]]:
    found = [row for row in session.execute(SheetRow.holding(ids, at)) if row.summary["shape"] == SHAPE]
    return found, ids - {row.obligation_id for row in found}


def outlooks(session: Session, at: datetime) -> tuple[list[Any], set[str]]:
    """In short what the sheets of the whole country tell, and of which obligations none holds."""
    rows = session.execute(SheetRow.outlooks(at)).all()
    found = [row for row in rows if row.outlook is not None]
    return found, {row.obligation_id for row in rows if row.outlook is None}


def outlooks_of(session: Session, ids: Collection[str], at: datetime) -> dict[str, list[int]]:
    """The same of these obligations, by their ids; those that no sheet tells are missing."""
    return dict(session.execute(SheetRow.outlooks_of(ids, at)).tuples().all())


def shown(session: Session, deadlines: Collection[tuple[str, str]]) -> dict[str, Content]:
    """These deadlines (obligation and id), by id."""
    return dict(session.execute(*SheetRow.shown(deadlines)).tuples().all()) if deadlines else {}


def make_sheets(session: Session, obligation_ids: Collection[str], tz: tzinfo, make: Make) -> None:
    """Make sheets that are missing.

    In a transaction of its own, while nobody else makes results: what is written meanwhile marks them.
    """
    with Session(session.get_bind()) as own:
        results.lock(own)
        results.refresh(own, tz)
        for sheet in make(own, obligation_ids):
            values = {name: getattr(sheet, name) for name in Sheet.__slots__}
            fresh = insert(SheetRow).values(values)
            own.execute(fresh.on_conflict_do_update(index_elements=["obligation_id"], set_=values))
        own.commit()
