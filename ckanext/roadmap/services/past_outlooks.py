"""Keeps what repairs would have raised at past instants: the rule was asked of the whole country for it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ckanext.roadmap.model import ObligationTerm, PastOutlook
from ckanext.roadmap.services import told_past

_SHAPE = 1  # to be raised with each change of what a row holds
_MOST_KEPT = 24


class Row(NamedTuple):
    """An obligation at an instant; `outlook` as its sheet would have told it."""

    obligation_id: str
    body_id: str
    item_code: str
    sphere: str
    outlook: list[int]


def show(session: Session, at: datetime, ground: str, now: datetime) -> list[Row] | None:
    """What is kept of an instant, unless it was made before all was written that was recorded by then.

    :param ground: what else it depends on
    """
    found = session.execute(PastOutlook.of(_basis(ground), at)).first()
    if found is None or (told_past.is_settled(at, now) and not told_past.is_settled(at, found[1])):
        return None
    rows: list[Any] | None = session.scalar(sa.select(PastOutlook.rows).where(PastOutlook.id == found[0]))
    return None if rows is None else [Row(*row) for row in rows]


def keep(session: Session, at: datetime, ground: str, now: datetime, rows: Iterable[Row]) -> None:
    """Keep what was made; the oldest ones go. The caller commits."""
    session.execute(PastOutlook.keep(_MOST_KEPT - 1))
    session.add(PastOutlook(basis=_basis(ground), at=at, made_at=now, rows=[list(row) for row in rows]))


def owed(session: Session, at: datetime) -> list[str]:
    """The obligations that any list had laid by an instant, those of a body together."""
    term = ObligationTerm
    query = sa.select(term.obligation_id).where(term.recorded_at <= at).group_by(term.obligation_id)
    return list(session.scalars(query.order_by(sa.func.min(term.body_id), term.obligation_id)))


def _basis(ground: str) -> str:
    return f"{_SHAPE} {ground}"
