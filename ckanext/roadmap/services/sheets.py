"""Keeps what the pages of now tell of each obligation; what is kept goes with the first write to it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from ckanext.roadmap.model import ObligationTerm, SheetRow, TallyTime
from ckanext.roadmap.services import results

Content = dict[str, Any]
SHAPE = 1  # to be raised with each change of what a summary or a deadline holds


@dataclass(frozen=True, slots=True)
class Sheet:
    """An obligation as it is shown from an instant until another."""

    obligation_id: str
    body_id: str
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
        _make(session, missing, tz, make)
        found, _ = _holding(session, body_id, at)
    return [row.summary for row in found if row.body_id == body_id]


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
    ids = set(session.scalars(terms))
    found = [row for row in session.execute(SheetRow.holding(ids, at)) if row.summary["shape"] == SHAPE]
    return found, ids - {row.obligation_id for row in found}


def shown(session: Session, deadlines: Collection[tuple[str, str]]) -> dict[str, Content]:
    """These deadlines (obligation and id), by id."""
    return dict(session.execute(*SheetRow.shown(deadlines)).tuples().all()) if deadlines else {}


def _make(session: Session, obligation_ids: Collection[str], tz: tzinfo, make: Make) -> None:
    """In a transaction of its own, while nobody else makes results: what is written meanwhile marks them."""
    with Session(session.get_bind()) as own:
        results.lock(own)
        results.refresh(own, tz)
        for sheet in make(own, obligation_ids):
            values = {name: getattr(sheet, name) for name in Sheet.__slots__}
            fresh = insert(SheetRow).values(values)
            own.execute(fresh.on_conflict_do_update(index_elements=["obligation_id"], set_=values))
        own.commit()
