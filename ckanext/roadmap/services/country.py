"""The country and its bodies, from stored results that are made true before they are read."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime, tzinfo

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ckanext.roadmap.domain.calendar import Period
from ckanext.roadmap.domain.figures import quarters
from ckanext.roadmap.model import Body
from ckanext.roadmap.services import body_history, near_sums, overview, results, tallies
from ckanext.roadmap.services.body_history import Face
from ckanext.roadmap.services.compliance import Names, Scope
from ckanext.roadmap.services.day_sums import CountrySum
from ckanext.roadmap.services.overview import Overview
from ckanext.roadmap.services.tallies import Sum


@dataclass(frozen=True, slots=True)
class Country:
    """Bodies with their figures of the quarter asked for and the one before, and of all quarters together."""

    bodies: list[tuple[Face, Overview]]
    whole: Overview
    sums: CountrySum | None = None
    """What the present was told of: instants of the running day start from it."""


def load(session: Session, scope: Scope, is_now: bool) -> Country:
    """The figures of every body in scope that ever owed something, in the order of the bodies' codes.

    :param is_now: the scope's time is the present one (the sums kept for it are asked)
    """
    told = quarters(scope.quarter, scope.quarters)
    if not is_now:
        return of_sums(session, scope, tallies.then(session, scope.as_of, scope.tz, told, scope.sphere))
    found, fitting = tallies.now(session, told[-2:], scope.sphere), faces(session, scope)
    together = tallies.whole(session, told, scope.sphere, [body.id for body in fitting])
    statuses = (found[body.id].statuses for body in fitting if body.id in found)
    together.statuses = sum(statuses, together.statuses)
    codes = [quarter.code for quarter in told]
    return _country(fitting, scope, _owing(found, told), together, CountrySum(codes, found, together))


def near(session: Session, scope: Scope, now: datetime) -> Country | None:
    """The same of a past instant, of all bodies and spheres in its quarter; None where nothing near is kept.

    :param now: the present, of which the results are true
    """
    told = quarters(scope.quarter, scope.quarters)
    found = near_sums.find(session, scope.as_of, now, scope.tz, told)
    return None if found is None else _country(faces(session, scope), scope, found.bodies, found.whole)


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
    return overview.of_sum(
        tallies.of_obligations(session, scope.as_of, scope.tz, told, obligation_ids), scope
    )


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


def of_sums(session: Session, scope: Scope, found: dict[str, Sum]) -> Country:
    """The same, from what was added up for a past instant."""
    told, fitting = quarters(scope.quarter, scope.quarters), faces(session, scope)
    whole = Sum.total([found[body.id] for body in fitting if body.id in found])
    return _country(fitting, scope, _owing(found, told), whole)


def _country(
    fitting: list[Face],
    scope: Scope,
    owing: dict[str, Sum],
    whole: Sum,
    sums: CountrySum | None = None,
) -> Country:
    short = replace(scope, quarters=2)
    bodies = [(body, overview.of_sum(owing[body.id], short)) for body in fitting if body.id in owing]
    return Country(bodies, overview.of_sum(whole, scope), sums)


def _owing(found: dict[str, Sum], told: list[Period]) -> dict[str, Sum]:
    """Those that owed something in the last two of these quarters; all, where nobody owed anything."""
    codes = [quarter.code for quarter in told[-2:]]
    return {id_: one for id_, one in found.items() if any(code in one.figures for code in codes)} or found


def faces(session: Session, scope: Scope, ids: list[str] | None = None) -> list[Face]:
    """Those of these bodies, or of all, that are in scope, as they were then, by code."""
    named = Names(scope.q)
    past = body_history.on(session, scope.day or scope.as_of.astimezone(scope.tz).date(), scope.as_of)
    query = sa.select(Body).order_by(Body.code)
    found = map(past.of, session.scalars(query if ids is None else query.where(Body.id.in_(ids))))
    return [body for body in found if scope.kind in (None, body.kind) and named.fits(body)]
