"""The country and its bodies, from stored results that are made true before they are read."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime, tzinfo

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ckanext.roadmap.domain.figures import quarters
from ckanext.roadmap.model import Body
from ckanext.roadmap.services import body_history, overview, results, tallies
from ckanext.roadmap.services.body_history import Face
from ckanext.roadmap.services.compliance import Names, Scope
from ckanext.roadmap.services.overview import Overview


@dataclass(frozen=True, slots=True)
class Country:
    """Bodies with their figures of the quarter asked for and the one before, and of all quarters together."""

    bodies: list[tuple[Face, Overview]]
    whole: Overview


def load(session: Session, scope: Scope, is_now: bool) -> Country:
    """The figures of every body in scope that ever owed something, in the order of the bodies' codes.

    :param is_now: the scope's time is the present one (the sums kept for it are asked)
    """
    if not is_now:
        told = quarters(scope.quarter, scope.quarters)
        return of_sums(session, scope, tallies.then(session, scope.as_of, scope.tz, told, scope.sphere))
    told = quarters(scope.quarter, scope.quarters)
    found = _owing(tallies.now(session, told[-2:], scope.sphere))
    short = replace(scope, quarters=2)
    bodies = [(body, overview.of_sum(found[body.id], short)) for body in faces(session, scope, list(found))]
    together = tallies.whole(session, told, scope.sphere, [body.id for body, _ in bodies])
    together.statuses = sum((told.statuses for _, told in bodies), together.statuses)
    return Country(bodies, overview.of_sum(together, scope))


def body(session: Session, scope: Scope, body_id: str, is_now: bool) -> Overview:
    """The figures of one body."""
    told = quarters(scope.quarter, scope.quarters)
    if is_now:
        found = tallies.now(session, told, scope.sphere, body_id)
    else:
        found = tallies.then(session, scope.as_of, scope.tz, told, scope.sphere, body_id)
    return overview.of_sum(found[body_id], scope)


def item(session: Session, scope: Scope, obligation_ids: Collection[str]) -> Overview:
    """The figures of some obligations, whoever holds them."""
    told = quarters(scope.quarter, scope.quarters)
    found = tallies.then(session, scope.as_of, scope.tz, told, scope.sphere, obligations=obligation_ids)
    return sum((overview.of_sum(one, scope) for one in found.values()), overview.none(scope))


def refresh(session: Session, now: datetime | None, tz: tzinfo) -> None:
    """Make the stored results true, in a transaction of its own; the reader's is left alone.

    :param now: the present time, of which the sums are made true too (None: they are not asked)
    """
    with Session(session.get_bind()) as own:
        if now is None:
            results.refresh(own, tz)
        else:
            tallies.refresh(own, now, tz)
        own.commit()


def of_sums(session: Session, scope: Scope, found: dict[str, tallies.Sum]) -> Country:
    """The same, from what was added up for a past instant."""
    found = _owing(found)
    bodies = [(one, overview.of_sum(found[one.id], scope)) for one in faces(session, scope, list(found))]
    return Country(bodies, sum((told for _, told in bodies), overview.none(scope)))


def _owing(found: dict[str, tallies.Sum]) -> dict[str, tallies.Sum]:
    """Without those that owed nothing in these quarters and came later; all, where nobody owed anything."""
    return {id_: one for id_, one in found.items() if one.figures} or found


def faces(session: Session, scope: Scope, ids: list[str]) -> list[Face]:
    """Those of these bodies that are in scope, as they were then, by code."""
    named = Names(scope.q)
    past = body_history.on(session, scope.day or scope.as_of.astimezone(scope.tz).date(), scope.as_of)
    found = map(past.of, session.scalars(sa.select(Body).where(Body.id.in_(ids)).order_by(Body.code)))
    return [body for body in found if scope.kind in (None, body.kind) and named.fits(body)]
