"""The country and its bodies, from stored results that are made true before they are read."""

from __future__ import annotations

from datetime import datetime, tzinfo

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ckanext.roadmap.domain.figures import quarters
from ckanext.roadmap.model import Body
from ckanext.roadmap.services import overview, results, tallies
from ckanext.roadmap.services.compliance import Names, Scope
from ckanext.roadmap.services.overview import Overview


def load(session: Session, scope: Scope, is_now: bool) -> list[tuple[Body, Overview]]:
    """The figures of every body that ever owed something, in the order of the bodies' codes.

    :param is_now: the scope's time is the present one (the sums kept for it are asked)
    """
    told = quarters(scope.quarter, scope.quarters)
    if is_now:
        found = tallies.now(session, told, scope.sphere)
    else:
        found = tallies.then(session, scope.as_of, scope.tz, told, scope.sphere)
    named = Names(scope.q)
    bodies = session.scalars(sa.select(Body).where(Body.id.in_(found)).order_by(Body.code))
    return [
        (body, overview.of_sum(found[body.id], scope))
        for body in bodies
        if scope.kind in (None, body.kind) and named.fits(body)
    ]


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
