"""The sums at the end of many past days from one reading: most results stand still in the days of a month."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, tzinfo
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ckanext.roadmap.domain import figures
from ckanext.roadmap.domain.calendar import Period
from ckanext.roadmap.model import sums
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
    ends = [figures.moment(quarter, tz, instants[-1]) for quarter in quarters[:-1]]
    asked: dict[str, Any] = {"start": instants[0], "end": instants[-1], "bodies": None, "obligations": None}
    asked["quarters"] = codes
    for statement in sums.MOVES:
        session.execute(sa.text(statement), asked)

    def rows(statement: str, at: datetime, **more: object) -> Sequence[Any]:
        return session.execute(sa.text(statement), {**asked, "at": at, **more}).all()

    still = tallies.of_rows(
        rows(sums.closed(some=True, rows=sums.STILL, is_whole=True), instants[0]),
        rows(sums.standing(is_whole=True), instants[0], quarters=codes[:-1], moments=ends),
        rows(sums.touched(some=True, rows=sums.STILL, is_whole=True), instants[0]),
        rows(sums.begun(sums.STILL, is_whole=True), instants[0]),
    )
    for at in instants:
        moving = tallies.of_rows(
            rows(sums.closed(some=True, rows=sums.MOVING, is_whole=True), at),
            rows(sums.standing(is_whole=True), at, quarters=[tallies.THEN, codes[-1]], moments=[at, at]),
            rows(sums.touched(some=True, rows=sums.MOVING, is_whole=True), at),
            rows(sums.begun(sums.MOVING, is_whole=True), at),
        )
        yield at, {id_: still.get(id_, Sum()) + moving.get(id_, Sum()) for id_ in {**still, **moving}}
