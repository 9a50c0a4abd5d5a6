"""The sums at the end of many past days from one reading: most results stand still in the days of a month."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, tzinfo
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ckanext.roadmap.domain import figures
from ckanext.roadmap.domain.calendar import Period
from ckanext.roadmap.model import moving, sums
from ckanext.roadmap.model.sums import Rows
from ckanext.roadmap.services import tallies
from ckanext.roadmap.services.tallies import Sum


def of_instants(
    session: Session, instants: Sequence[datetime], tz: tzinfo, quarters: Sequence[Period]
) -> Iterator[tuple[datetime, dict[str, Sum]]]:
    """What `tallies.then` tells of each of these instants, of all spheres together.

    In a transaction that sees one state of the tables, whose temporary tables go with its end.

    :param instants: in the order of time, all in the last of the quarters
    """
    codes = [quarter.code for quarter in quarters]
    ends = {quarter.code: figures.moment(quarter, tz, instants[-1]) for quarter in quarters[:-1]}
    asked = {"start": instants[0], "end": instants[-1], "quarters": codes}
    for statement in moving.MOVES:
        session.execute(sa.text(statement), asked)
    still = of_rows(session, moving.STILL, instants[0], codes, ends, asked)
    for at in instants:
        moved = of_rows(session, moving.MOVING, at, codes, {tallies.THEN: at, codes[-1]: at})
        yield at, {id_: still.get(id_, Sum()) + moved.get(id_, Sum()) for id_ in {**still, **moved}}


def of_rows(
    session: Session,
    source: Rows,
    at: datetime,
    codes: Sequence[str],
    moments: Mapping[str, datetime],
    asked: Mapping[str, Any] | None = None,
) -> dict[str, Sum]:
    """What some rows of results come to, by body, of all spheres together.

    :param codes: the quarters asked for
    :param moments: of which quarters obligations are counted, each at its moment
    :param asked: what the rows depend on
    """

    def rows(statement: str, quarters: Sequence[str]) -> Sequence[Any]:
        values = {**(asked or {}), "at": at, "bodies": None, "obligations": None, "quarters": list(quarters)}
        values["moments"] = list(moments.values())
        return session.execute(sa.text(statement), values).all()

    return tallies.of_rows(
        rows(sums.closed(some=True, rows=source, is_whole=True), codes),
        rows(sums.standing(is_whole=True, rows=source), list(moments)),
        rows(sums.touched(some=True, rows=source, is_whole=True), codes),
        rows(sums.begun(source, is_whole=True), codes),
    )
