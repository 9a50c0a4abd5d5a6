"""Keeps what repairs would have raised at past instants: the rule was asked of the whole country for it.

That takes long, so it is done part by part: what is counted stays, whoever is stopped.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ckanext.roadmap.model import ObligationTerm, PastOutlook
from ckanext.roadmap.services import told_past

_SHAPE = 2  # to be raised with each change of what a row holds
_MOST_KEPT = 24


class Row(NamedTuple):
    """An obligation at an instant; `outlook` as its sheet would have told it."""

    obligation_id: str
    body_id: str
    item_code: str
    sphere: str
    outlook: list[int]


class Counted(NamedTuple):
    """How many obligations of an instant are counted, of how many."""

    done: int
    owed: int


def counted(session: Session, at: datetime, ground: str, now: datetime) -> Counted | None:
    """How far an instant is counted; None where nobody has begun, or it was begun too early.

    :param ground: what else it depends on
    """
    parts = _parts(session, at, ground, now)
    return Counted(sum(part.done for part in parts), parts[0].owed) if parts else None


def show(session: Session, at: datetime, ground: str, now: datetime) -> list[Row] | None:
    """What is kept of an instant, once all of it is."""
    parts = _parts(session, at, ground, now)
    if not parts or sum(part.done for part in parts) < parts[0].owed:
        return None
    kept = PastOutlook
    query = sa.select(kept.id, kept.rows).where(kept.id.in_([part.id for part in parts]))
    found: dict[str, list[Any]] = dict(session.execute(query).tuples().all())
    return [Row(*row) for part in parts for row in found.get(part.id, ())]


def begin(session: Session, at: datetime, ground: str, now: datetime, owed: int) -> int:
    """How many obligations are counted already; what was counted of other ones goes. The caller commits."""
    parts = _parts(session, at, ground, now)
    if parts and parts[0].owed == owed:
        return sum(part.done for part in parts)
    session.execute(PastOutlook.forget(_basis(ground), at))
    session.execute(PastOutlook.keep(_MOST_KEPT - 1))
    return 0


def keep(
    session: Session, at: datetime, ground: str, now: datetime, part: tuple[int, Counted], rows: Iterable[Row]
) -> None:
    """Keep a part of what is counted; the caller commits.

    :param part: how many obligations come before it, how many it is about, and how many there are
    """
    place, (done, owed) = part
    told = [list(row) for row in rows]
    values = {"basis": _basis(ground), "at": at, "made_at": now, "rows": told}
    session.execute(PastOutlook.put(**values, place=place, done=done, owed=owed))


def unfinished(session: Session, ground: str) -> list[datetime]:
    """The instants of which a part is counted, the one begun first in front."""
    return list(session.scalars(PastOutlook.unfinished(_basis(ground))))


def owed(session: Session, at: datetime) -> list[str]:
    """The obligations that any list had laid by an instant, those of a body together."""
    term = ObligationTerm
    query = sa.select(term.obligation_id).where(term.recorded_at <= at).group_by(term.obligation_id)
    return list(session.scalars(query.order_by(sa.func.min(term.body_id), term.obligation_id)))


def _parts(session: Session, at: datetime, ground: str, now: datetime) -> Sequence[Any]:
    """The parts of an instant, unless one was made before all was written that was recorded by then."""
    parts = session.execute(PastOutlook.parts(_basis(ground), at)).all()
    is_early = told_past.is_settled(at, now) and not all(
        told_past.is_settled(at, part.made_at) for part in parts
    )
    return [] if is_early else parts


def _basis(ground: str) -> str:
    return f"{_SHAPE} {ground}"
