"""The rows behind a figure: found among the stored results, told by the rule; so a page costs a page."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
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
_AS_READ = {"yield_per": 1000}  # the others wait in the database


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
        return _current(session, scope, limit, offset, among)
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


def places(
    session: Session, scope: Scope, drill: Drill | None, among: Sequence[str] | None = None
) -> tuple[int, Iterator[Any]]:
    """The same of all of them: how many, and each with its `position`, by obligation, as they are read."""
    scope, asked = scope if among is None else _wide(scope), statements.deadlines(drill)
    return _whole(session, asked, _values(session, scope, scope.as_of, drill, among))


def obligations(
    session: Session, scope: Scope, limit: int, offset: int, *, only_published: bool
) -> tuple[list[Assessed], int]:
    """A page of the obligations in force at the scope's moment, by item and body, and how many there are.

    :param only_published: those of the share *published*, without the exempt ones
    """
    ids, count = obligation_ids(session, scope, limit, offset, only_published=only_published)
    told = assessed(session, scope, ids)
    return [told[id_] for id_ in ids], count


def obligation_ids(
    session: Session, scope: Scope, limit: int | None, offset: int, *, only_published: bool
) -> tuple[list[str], int]:
    """The same, unassessed.

    :param limit: None: all of them
    """
    asked = statements.obligations(is_counted=only_published)
    count, rows = _page(session, scope, asked, scope.moment, None, limit, offset)
    return [row.obligation_id for row in rows], count


def closed_ids(
    session: Session, scope: Scope, limit: int | None, offset: int, among: Sequence[str] | None
) -> tuple[list[str], int]:
    """A page of the obligations that *current* counts, by item and body, and how many there are.

    :param limit: None: all of them
    :param among: ids of the obligations that are looked at (None: those in scope)
    """
    wide = replace(scope if among is None else _wide(scope), status=None)
    asked = statements.obligations(is_closed=True)
    count, rows = _page(session, wide, asked, scope.moment, None, limit, offset, among)
    return [row.obligation_id for row in rows], count


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
    values = _touches(session, scope, asked) | {"limit": limit, "offset": offset}
    wanted = statements.touches()
    rows = session.execute(sa.text(wanted.page), values).all()
    count = rows[0].whole if rows else session.scalar(sa.text(wanted.number), values) or 0
    told = assessed(session, scope, [row.obligation_id for row in rows])
    ordered = {id_: overview.touched([one], scope, asked)[::-1] for id_, one in told.items()}
    return [ordered[row.obligation_id][row.place - 1] for row in rows], count


def touched_places(session: Session, scope: Scope, asked: frozenset[Touch]) -> tuple[int, Iterator[Any]]:
    """How many they are, and each with its `place` and `position`, by obligation, as they are read."""
    return _whole(session, statements.touches(), _touches(session, scope, asked))


def _touches(session: Session, scope: Scope, asked: frozenset[Touch]) -> dict[str, Any]:
    values = _values(session, scope, scope.as_of, None, None)
    return values | {"quarter": scope.quarter.code, "touches": [TOUCHES.index(touch) for touch in asked]}


def _current(session: Session, scope: Scope, limit: int, offset: int, among: Sequence[str] | None) -> Found:
    first, most = (0, None) if scope.status else (offset, limit)
    ids, count = closed_ids(session, scope, most, first, among)
    told = assessed(session, scope, ids)
    counted = compliance.counted([told[id_] for id_ in ids], scope, Drill.current)
    found = [(one, row) for one in counted for row in one.rows if scope.status in (None, row.status)]
    return (found[offset : offset + limit], len(found)) if scope.status else (found, count)


def _page(
    session: Session,
    scope: Scope,
    asked: statements.Rows,
    at: datetime,
    drill: Drill | None,
    limit: int | None,
    offset: int,
    among: Sequence[str] | None = None,
) -> tuple[int, Sequence[Any]]:
    values = _values(session, scope, at, drill, among) | {"limit": limit, "offset": offset}
    count = session.scalar(sa.text(asked.number), values) or 0
    return count, session.execute(sa.text(asked.page), values).all() if count > offset else []


def _whole(session: Session, asked: statements.Rows, values: dict[str, Any]) -> tuple[int, Iterator[Any]]:
    count = session.scalar(sa.text(asked.number), values) or 0
    return count, iter(session.execute(sa.text(asked.whole), values, execution_options=_AS_READ))


def _values(
    session: Session, scope: Scope, at: datetime, drill: Drill | None, among: Sequence[str] | None
) -> dict[str, Any]:
    return {
        "at": at,
        "bodies": _bodies(session, scope),
        "obligations": of_item(session, scope.item) if scope.item is not None else among and list(among),
        "sphere": scope.sphere,
        "quarter": scope.quarter.code if drill else None,
        "status": NUMBERS[scope.status] if scope.status else None,
        "tz": str(scope.tz),
    }


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
