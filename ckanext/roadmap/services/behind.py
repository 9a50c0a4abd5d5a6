"""The rows behind a figure: found among the stored results, told by the rule; so a page costs a page."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ckanext.roadmap.domain.assessment import Assessment
from ckanext.roadmap.domain.figures import Drill
from ckanext.roadmap.domain.refresh import Touch
from ckanext.roadmap.domain.touching import TOUCHES
from ckanext.roadmap.domain.verdict import NUMBERS
from ckanext.roadmap.model import Body, Item, Obligation
from ckanext.roadmap.model import behind as statements
from ckanext.roadmap.services import compliance, country, overview
from ckanext.roadmap.services.compliance import Assessed, Scope

Found = tuple[list[tuple[Assessed, Assessment]], int]
Touches = tuple[list[overview.Touched], int]


def deadlines(
    session: Session,
    scope: Scope,
    drill: Drill | None,
    limit: int,
    offset: int,
    among: Sequence[str] | None = None,
) -> Found:
    """A page of the deadlines that a figure counts (all that have begun without one), and how many there are.

    The newest period first; of *current* the one of each obligation, by item and body.

    :param among: ids of the obligations that are looked at (None: those in scope)
    """
    if drill is Drill.current:
        return _current(session, scope if among is None else _wide(scope), limit, offset, among)
    rows, count = page(session, scope, drill, limit, offset, among)
    told = assessed(session, scope, [obligation_id for obligation_id, _ in rows])
    by_id = {row.deadline.id: (one, row) for one in told.values() for row in one.rows}
    return [by_id[id_] for _, id_ in rows], count


def page(
    session: Session,
    scope: Scope,
    drill: Drill | None,
    limit: int | None,
    offset: int,
    among: Sequence[str] | None = None,
) -> tuple[list[tuple[str, str]], int]:
    """The same of any figure but *current*, unassessed: the ids of obligations and deadlines.

    :param limit: None: all of them
    """
    scope, asked = scope if among is None else _wide(scope), statements.deadlines(drill)
    count, rows = _page(session, scope, asked, scope.as_of, drill, limit, offset, among)
    return [(row.obligation_id, row.deadline_id) for row in rows], count


def obligations(
    session: Session, scope: Scope, limit: int, offset: int, *, only_published: bool
) -> tuple[list[Assessed], int]:
    """A page of the obligations in force at the scope's moment, by item and body, and how many there are.

    :param only_published: those of the share *published*, without the exempt ones
    """
    asked = statements.obligations(is_counted=only_published)
    count, rows = _page(session, scope, asked, scope.moment, None, limit, offset)
    told = assessed(session, scope, [row.obligation_id for row in rows])
    return [told[row.obligation_id] for row in rows], count


def obligation_ids(session: Session, scope: Scope, *, only_published: bool) -> list[str]:
    """All of these, unassessed."""
    asked = statements.obligations(is_counted=only_published)
    _, rows = _page(session, scope, asked, scope.moment, None, None, 0)
    return [row.obligation_id for row in rows]


def closed_ids(session: Session, scope: Scope, among: Sequence[str] | None) -> list[str]:
    """The obligations that *current* counts, by item and body.

    :param among: ids of the obligations that are looked at (None: those in scope)
    """
    wide = replace(scope if among is None else _wide(scope), status=None)
    asked = statements.obligations(is_closed=True)
    _, rows = _page(session, wide, asked, scope.moment, None, None, 0, among)
    return [row.obligation_id for row in rows]


def next_due(
    session: Session, at: datetime, body_id: str | None = None, obligations: Collection[str] | None = None
) -> datetime | None:
    """When the next open deadline of a body, or of some obligations, falls due."""
    asked = {"at": at, "bodies": body_id and [body_id]}
    asked["obligations"] = None if obligations is None else list(obligations)
    return session.scalar(sa.text(statements.next_due()), asked)


def published(session: Session, at: datetime, obligations: Sequence[str]) -> set[str]:
    """Which of these obligations were in force and public at an instant."""
    return _standing(session, at, obligations, is_published=True)


def in_force(session: Session, at: datetime, obligations: Sequence[str]) -> set[str]:
    """Which of these obligations were in force at an instant."""
    return _standing(session, at, obligations, is_published=False)


def _standing(session: Session, at: datetime, obligations: Sequence[str], *, is_published: bool) -> set[str]:
    asked = {"at": at, "bodies": None, "obligations": list(obligations), "sphere": None}
    return set(session.scalars(sa.text(statements.standing(is_published=is_published)), asked))


def touched(session: Session, scope: Scope, asked: frozenset[Touch], limit: int, offset: int) -> Touches:
    """A page of the events of the quarter that were one of these, the newest known first, and the count."""
    count, rows = _touches(session, scope, asked, limit, offset)
    told = assessed(session, scope, [row.obligation_id for row in rows])
    ordered = {id_: overview.touched([one], scope, asked)[::-1] for id_, one in told.items()}
    return [ordered[row.obligation_id][row.place - 1] for row in rows], count


def touched_places(session: Session, scope: Scope, asked: frozenset[Touch]) -> list[tuple[str, int]]:
    """All of these, unassessed: the obligation, and the event's place among those of it."""
    _, rows = _touches(session, scope, asked, None, 0)
    return [(row.obligation_id, row.place) for row in rows]


def _touches(
    session: Session, scope: Scope, asked: frozenset[Touch], limit: int | None, offset: int
) -> tuple[int, Sequence[Any]]:
    numbers = [TOUCHES.index(touch) for touch in asked]
    return _page(session, scope, statements.touches(), scope.as_of, None, limit, offset, touches=numbers)


def _current(session: Session, scope: Scope, limit: int, offset: int, among: Sequence[str] | None) -> Found:
    asked = statements.obligations(is_closed=True)
    wide = replace(scope, status=None)
    first, most = (0, None) if scope.status else (offset, limit)
    count, rows = _page(session, wide, asked, scope.moment, None, most, first, among)
    told = assessed(session, scope, [row.obligation_id for row in rows])
    counted = compliance.counted([told[row.obligation_id] for row in rows], scope, Drill.current)
    found = [(one, row) for one in counted for row in one.rows if scope.status in (None, row.status)]
    return (found[offset : offset + limit], len(found)) if scope.status else (found, count)


def _page(
    session: Session,
    scope: Scope,
    asked: tuple[str, str],
    at: datetime,
    drill: Drill | None,
    limit: int | None,
    offset: int,
    among: Sequence[str] | None = None,
    **more: object,
) -> tuple[int, Sequence[Any]]:
    values = {
        **more,
        "at": at,
        "bodies": _bodies(session, scope),
        "obligations": of_item(session, scope.item) if scope.item is not None else among and list(among),
        "sphere": scope.sphere,
        "quarter": scope.quarter.code if drill or more else None,
        "status": NUMBERS[scope.status] if scope.status else None,
        "tz": str(scope.tz),
        "limit": limit,
        "offset": offset,
    }
    if more:
        rows = session.execute(sa.text(asked[1]), values).all()
        return rows[0].whole if rows else session.scalar(sa.text(asked[0]), values) or 0, rows
    count = session.scalar(sa.text(asked[0]), values) or 0
    return count, session.execute(sa.text(asked[1]), values).all() if count > offset else []


def _bodies(session: Session, scope: Scope) -> list[str] | None:
    """The bodies in scope; None: all."""
    if scope.body is not None:
        return list(session.scalars(sa.select(Body.id).where(Body.name == scope.body)))
    if scope.kind is None and scope.q is None:
        return None
    return [body.id for body in country.faces(session, scope, list(session.scalars(sa.select(Body.id))))]


def of_item(session: Session, code: str) -> list[str]:
    """The obligations to an item."""
    query = sa.select(Obligation.id).join(Item, Item.id == Obligation.item_id)
    return list(session.scalars(query.where(Item.code == code)))


def assessed(session: Session, scope: Scope, ids: Sequence[str]) -> dict[str, Assessed]:
    """These obligations, whoever holds them."""
    found = compliance.assess_all(session, _wide(scope), set(ids)) if ids else []
    return {one.owed.id: one for one in found}


def _wide(scope: Scope) -> Scope:
    return replace(scope, body=None, item=None, kind=None, sphere=None, q=None)
