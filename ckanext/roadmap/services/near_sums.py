"""The country at an instant, from sums that are kept of another one: only what changed between them is read.

Sums are added up of parts, and a part changes at instants that are stored with it. So what is kept of a near
instant, without what the changing results told then, with what they tell at the instant asked for, is what
all results tell. Nothing is known here of what they mean.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta, tzinfo

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ckanext.roadmap.domain import figures
from ckanext.roadmap.domain.calendar import Period
from ckanext.roadmap.model import CountrySheet, moving
from ckanext.roadmap.services import day_sums, past_sums, tallies
from ckanext.roadmap.services.day_sums import CountrySum
from ckanext.roadmap.services.tallies import Sum

_FARTHEST = timedelta(days=2)  # what changes in a longer time is not read sooner than all


def find(
    session: Session, at: datetime, now: datetime, tz: tzinfo, quarters: Sequence[Period]
) -> CountrySum | None:
    """What all bodies come to at a past instant; None where nothing near is kept.

    Results are true of now. The bodies told are those that `country.load` would tell.

    :param quarters: the last one is that of the instant
    """
    with Session(session.get_bind()) as own:
        own.connection(execution_options={"isolation_level": "REPEATABLE READ"})
        for base in _bases(own, at, now, tz, quarters[-1]):
            codes = [quarter.code for quarter in quarters]
            told = _now(own, now, quarters) if base == now else day_sums.read(own, base, codes)
            if told is not None:
                return _listed(own, _moved(own, told, base, at, codes), at, tz, quarters)
    return None


def _bases(session: Session, at: datetime, now: datetime, tz: tzinfo, quarter: Period) -> list[datetime]:
    """Near instants of the same quarter, the best first: between those of one day no legal date lies."""
    since = max(at - _FARTHEST, quarter.start_at(tz))
    until = min(at + _FARTHEST, quarter.end_at(tz) - timedelta(microseconds=1))
    found = day_sums.between(session, since, until) + [now] * (since <= now <= until)
    day = at.astimezone(tz).date()
    return sorted(found, key=lambda base: (base.astimezone(tz).date() != day, abs(base - at)))


def _now(session: Session, now: datetime, quarters: Sequence[Period]) -> CountrySum | None:
    """The sums that are kept of the present, if they are true of it: beside its page, or body by body."""
    if tallies.overdue(session, now):
        return None
    codes = [quarter.code for quarter in quarters]
    for content in session.scalars(CountrySheet.sums_at(now)):
        if (told := CountrySum.of_content(content, codes)) is not None:
            return told
    bodies = tallies.now(session, list(quarters[-2:]), None)
    whole = tallies.whole(session, list(quarters), None)
    whole.statuses = sum((one.statuses for one in bodies.values()), whole.statuses)
    return CountrySum(codes, bodies, whole)


def _moved(
    session: Session, base: CountrySum, since: datetime, at: datetime, codes: Sequence[str]
) -> CountrySum:
    """The same, of another instant."""
    if since == at:
        return base
    start, end = sorted((since, at))
    asked = {"start": start, "end": end, "cells": moving.cells(start, end), "quarters": list(codes)}
    for statement in moving.NEAR_MOVES:
        session.execute(sa.text(statement), asked)
    gone, come = (
        past_sums.of_rows(session, moving.NEAR, one, codes, {codes[-1]: one}) for one in (since, at)
    )
    none = Sum()
    moved = {
        id_: base.bodies.get(id_, none) + come.get(id_, none) - gone.get(id_, none) for id_ in {*gone, *come}
    }
    whole = base.whole + Sum.total(come.values()) - Sum.total(gone.values())
    return CountrySum(codes, {**base.bodies, **moved}, whole)


def _listed(
    session: Session, found: CountrySum, at: datetime, tz: tzinfo, quarters: Sequence[Period]
) -> CountrySum | None:
    """Only bodies that owed something in the last two quarters."""
    asked = {"at": at, "before": figures.moment(quarters[-2], tz, at)}
    known = set(session.scalars(sa.text(moving.KNOWN), asked))
    codes = [quarter.code for quarter in quarters[-2:]]
    owing = known | {id_ for id_, one in found.bodies.items() if _has_closed(one, codes)}
    if not owing:
        return None
    return CountrySum(found.quarters, {id_: found.bodies.get(id_, Sum()) for id_ in owing}, found.whole)


def _has_closed(one: Sum, codes: Sequence[str]) -> bool:
    return any(code in one.figures and one.figures[code].kept.of for code in codes)
