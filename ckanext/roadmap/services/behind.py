"""The rows behind a figure: found among the stored results, told by the rule; so a page costs a page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ckanext.roadmap.domain.assessment import Assessment
from ckanext.roadmap.domain.figures import Drill
from ckanext.roadmap.domain.verdict import NUMBERS
from ckanext.roadmap.model import Body, Item, Obligation
from ckanext.roadmap.model import behind as statements
from ckanext.roadmap.services import compliance, country
from ckanext.roadmap.services.compliance import Assessed, Scope

Found = tuple[list[tuple[Assessed, Assessment]], int]


def deadlines(session: Session, scope: Scope, drill: Drill | None, limit: int, offset: int) -> Found:
    """A page of the deadlines that a figure counts (all that have begun without one), and how many there are.

    The newest period first; of *current* the one of each obligation, by item and body.
    """
    if drill is Drill.current:
        return _current(session, scope, limit, offset)
    count, rows = _page(session, scope, statements.deadlines(drill), scope.as_of, drill, limit, offset)
    told = _assessed(session, scope, [row.obligation_id for row in rows])
    by_id = {row.deadline.id: (one, row) for one in told.values() for row in one.rows}
    return [by_id[row.deadline_id] for row in rows], count


def obligations(
    session: Session, scope: Scope, limit: int, offset: int, *, only_published: bool
) -> tuple[list[Assessed], int]:
    """A page of the obligations in force at the scope's moment, by item and body, and how many there are.

    :param only_published: those of the share *published*, without the exempt ones
    """
    asked = statements.obligations(is_counted=only_published)
    count, rows = _page(session, scope, asked, scope.moment, None, limit, offset)
    told = _assessed(session, scope, [row.obligation_id for row in rows])
    return [told[row.obligation_id] for row in rows], count


def _current(session: Session, scope: Scope, limit: int, offset: int) -> Found:
    asked = statements.obligations(is_closed=True)
    wide = replace(scope, status=None)
    first, most = (0, None) if scope.status else (offset, limit)
    count, rows = _page(session, wide, asked, scope.moment, None, most, first)
    told = _assessed(session, scope, [row.obligation_id for row in rows])
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
) -> tuple[int, Sequence[Any]]:
    values = {
        "at": at,
        "bodies": _bodies(session, scope),
        "obligations": _obligations(session, scope),
        "sphere": scope.sphere,
        "quarter": scope.quarter.code if drill else None,
        "status": NUMBERS[scope.status] if scope.status else None,
        "tz": str(scope.tz),
        "limit": limit,
        "offset": offset,
    }
    count = session.scalar(sa.text(asked[0]), values) or 0
    return count, session.execute(sa.text(asked[1]), values).all() if count > offset else []


def _bodies(session: Session, scope: Scope) -> list[str] | None:
    """The bodies in scope; None: all."""
    if scope.body is not None:
        return list(session.scalars(sa.select(Body.id).where(Body.name == scope.body)))
    if scope.kind is None and scope.q is None:
        return None
    return [body.id for body in country.faces(session, scope, list(session.scalars(sa.select(Body.id))))]


def _obligations(session: Session, scope: Scope) -> list[str] | None:
    """The obligations to the item in scope; None: all."""
    if scope.item is None:
        return None
    query = sa.select(Obligation.id).join(Item, Item.id == Obligation.item_id)
    return list(session.scalars(query.where(Item.code == scope.item)))


def _assessed(session: Session, scope: Scope, ids: list[str]) -> dict[str, Assessed]:
    """These obligations, whoever holds them."""
    wide = replace(scope, body=None, item=None, kind=None, sphere=None, q=None)
    found = compliance.assess_all(session, wide, set(ids)) if ids else []
    return {one.owed.id: one for one in found}
