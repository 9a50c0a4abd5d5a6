"""Who held an obligation on a day, and what that body was called then."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ckanext.roadmap.model import Body, Item, ItemRevision, ListVersion, ObligationTerm
from ckanext.roadmap.services import body_history
from ckanext.roadmap.services.body_history import Face

Span = tuple[ObligationTerm, ItemRevision, Item, ListVersion, Body]
Held = tuple[list[Span], Face]


def spans(
    session: Session,
    as_of: datetime,
    day: date,
    body: str | None = None,
    item: str | None = None,
    regional: bool = False,
    only: Collection[str] | None = None,
) -> list[Held]:
    """The spans of each obligation, oldest first, with its holder; in the order of item and body.

    :param as_of: only what was recorded by this time
    :param day: the day whose holder is told, by the name that it had
    :param body: only what the body of that name held then
    :param item: only obligations to the item of that code
    :param regional: only items that some list wants by region
    :param only: only obligations of these ids
    """
    query = ObligationTerm.all_rows().where(ObligationTerm.recorded_at <= as_of)
    if body is not None:
        query = query.where(ObligationTerm.obligation_id.in_(ObligationTerm.ever_held_by(body)))
    if item is not None:
        query = query.where(Item.code == item)
    if regional:
        query = query.where(Item.id.in_(sa.select(ItemRevision.item_id).where(ItemRevision.territorial)))
    if only is not None:
        query = query.where(ObligationTerm.obligation_id.in_(only))
    past = body_history.on(session, day, as_of)
    held = [
        (group, past.of(_holder(group, day))) for group in _grouped(session.execute(query).tuples()).values()
    ]
    found = [(group, face) for group, face in held if body in (None, face.name)]
    return sorted(found, key=lambda pair: (pair[0][0][2].code, pair[1].code, pair[0][0][0].obligation_id))


def name_on(session: Session, obligation_id: str, day: date, as_of: datetime) -> str | None:
    """The name of the body that held an obligation on a day, by what had been recorded at a time."""
    query = (
        sa.select(Body.name)
        .join(ObligationTerm, ObligationTerm.body_id == Body.id)
        .where(ObligationTerm.obligation_id == obligation_id, ObligationTerm.recorded_at <= as_of)
        .order_by(
            (ObligationTerm.in_force_from > day),
            ObligationTerm.in_force_from.desc(),
            ObligationTerm.recorded_at.desc(),
        )
    )
    return session.scalars(query.limit(1)).first()


def ids_of(group: Sequence[Span]) -> frozenset[str]:
    """The bodies that hold or once held the obligation of these spans."""
    return frozenset(span[0].body_id for span in group)


def _grouped(rows: Iterable[Span]) -> dict[str, list[Span]]:
    found: dict[str, list[Span]] = defaultdict(list)
    for row in rows:
        found[row[0].obligation_id].append(row)
    return found


def _holder(group: Sequence[Span], day: date) -> Body:
    """Who held it on the day: the body of the last span that had begun."""
    begun = [span for span in group if span[0].in_force_from <= day]
    return (begun[-1] if begun else group[0])[4]
