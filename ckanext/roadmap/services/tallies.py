"""Sums of stored results by body, sphere and quarter: kept for now, asked for of a past time."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ckanext.roadmap.domain import figures, verdict
from ckanext.roadmap.domain.assessment import Status
from ckanext.roadmap.domain.calendar import Period, quarter_of
from ckanext.roadmap.domain.figures import Figures
from ckanext.roadmap.domain.lateness import Lateness
from ckanext.roadmap.domain.refresh import Refresh
from ckanext.roadmap.domain.shares import Share
from ckanext.roadmap.domain.touching import TOUCHES
from ckanext.roadmap.model import (
    BodySheet,
    CountrySheet,
    StandRow,
    StandTally,
    Tally,
    TallyTime,
    TouchTally,
    sums,
)
from ckanext.roadmap.services import results

THEN = "then"  # beside the quarters: every body that was known is told


@dataclass(slots=True)
class Sum:
    """What some obligations come to, by quarter; `statuses` of the time that is looked at."""

    figures: dict[str, Figures] = field(default_factory=dict[str, Figures])
    touches: dict[str, Refresh] = field(default_factory=dict[str, Refresh])
    statuses: Counter[Status] = field(default_factory=Counter[Status])

    def close(self, row: Any, late: Lateness) -> None:
        """Take the deadlines of a quarter."""
        self._add(
            row.quarter,
            Figures(
                kept=Share(row.kept, row.closed),
                kept_on_time=Share(row.on_time, row.closed),
                automatic=Share(row.automatic, row.met),
                attested=row.attested,
                contested=row.contested,
                unknown=row.unknown,
                late=late,
            ),
        )

    def stand(self, row: Any) -> None:
        """Take the obligations of a quarter."""
        published, current = Share(row.published, row.owed), Share(row.current, row.closed)
        self._add(row.quarter, Figures(obligations=row.obligations, published=published, current=current))

    def touch(self, row: Any) -> None:
        """Take the events of a quarter."""
        self.touches[row.quarter] = Refresh(dict(zip(TOUCHES, row.counts, strict=True)))

    def count(self, numbers: Iterable[int]) -> None:
        """Take deadlines by the numbers of their statuses."""
        self.statuses.update(dict(zip(verdict.STATUSES, numbers, strict=False)))

    def __add__(self, other: Sum) -> Sum:
        statuses = self.statuses + other.statuses if other.statuses else self.statuses
        found = Sum(dict(self.figures), dict(self.touches), statuses)
        for quarter, told in other.figures.items():
            found._add(quarter, told)
        for quarter, seen in other.touches.items():
            found.touches[quarter] = found.touches.get(quarter, Refresh()) + seen
        return found

    def __sub__(self, other: Sum) -> Sum:
        statuses = self.statuses - other.statuses if other.statuses else self.statuses
        found = Sum(dict(self.figures), dict(self.touches), statuses)
        for quarter, told in other.figures.items():
            found.figures[quarter] = found.figures.get(quarter, Figures()) - told
        for quarter, seen in other.touches.items():
            found.touches[quarter] = found.touches.get(quarter, Refresh()) - seen
        return found

    @classmethod
    def total(cls, parts: Collection[Sum]) -> Sum:
        """All of them together."""
        told, seen = defaultdict[str, list[Figures]](list), defaultdict[str, list[Refresh]](list)
        found = cls()
        for part in parts:
            found.statuses.update(part.statuses)
            for quarter, one in part.figures.items():
                told[quarter].append(one)
            for quarter, touches in part.touches.items():
                seen[quarter].append(touches)
        found.figures = {quarter: Figures.total(many) for quarter, many in told.items()}
        found.touches = {quarter: Refresh.total(many) for quarter, many in seen.items()}
        return found

    def _add(self, quarter: str, told: Figures) -> None:
        known = self.figures.get(quarter)
        self.figures[quarter] = told if known is None else known + told


def refresh(session: Session, now: datetime, tz: tzinfo) -> None:
    """Make results and sums true of now: what was marked, and what time has changed. The caller commits."""
    results.refresh(session, tz)
    if overdue(session, now):
        results.lock(session)
        add_up(session, now, tz, sorted(overdue(session, now)))


def add_up(session: Session, now: datetime, tz: tzinfo, bodies: Collection[str] | None = None) -> None:
    """Write the sums of these bodies anew, or of all."""
    told = _quarters(session, now, tz)
    asked = {
        "at": now,
        "bodies": None if bodies is None else list(bodies),
        "obligations": None,
        "quarters": [code for code, _ in told],
        "moments": [moment for _, moment in told],
        "running": told[-1][0],
        "end": quarter_of(now.astimezone(tz).date()).end_at(tz),
    }
    session.execute(CountrySheet.forget())
    session.execute(BodySheet.forget(bodies))
    for table in (Tally, StandTally, TouchTally, TallyTime):
        gone = sa.delete(table)
        session.execute(gone if bodies is None else gone.where(table.body_id.in_(bodies)))
    for statement in sums.writes():
        session.execute(sa.text(statement), asked)


def now(
    session: Session, quarters: list[Period], sphere: str | None, body_id: str | None = None
) -> dict[str, Sum]:
    """The sums that are kept, by body, of all or of one."""
    codes = [quarter.code for quarter in quarters]
    latest = sa.select(sa.func.max(StandTally.quarter)).scalar_subquery()

    def rows(table: type[Tally] | type[StandTally] | type[TouchTally], wanted: Any) -> sa.Result[Any]:
        query = sa.select(*table.__table__.columns).where(
            wanted, table.sphere == (sphere or sums.ALL_SPHERES)
        )
        return session.execute(query if body_id is None else query.where(table.body_id == body_id))

    closed = rows(Tally, Tally.quarter.in_(codes))
    stands = rows(StandTally, StandTally.quarter.in_(codes)).all()
    touches = rows(TouchTally, TouchTally.quarter.in_(codes))
    return of_rows(closed, stands, touches, rows(StandTally, StandTally.quarter == latest))


def whole(
    session: Session, quarters: list[Period], sphere: str | None, body_ids: Sequence[str] | None = None
) -> Sum:
    """The kept sums of these bodies together, or of all."""
    asked = {
        "quarters": [quarter.code for quarter in quarters],
        "bodies": None if body_ids is None else list(body_ids),
        "sphere": sphere or sums.ALL_SPHERES,
    }
    found, late = Sum(), defaultdict[str, Lateness](Lateness)
    for row in session.execute(sa.text(sums.TOGETHER["late"]), asked):
        late[row.quarter] += Lateness(met={row.days: row.many})
    for row in session.execute(sa.text(sums.TOGETHER["waiting"]), asked):
        late[row.quarter] += Lateness(waiting={row.due_at: row.many})
    for row in session.execute(sa.text(sums.TOGETHER["closed"]), asked):
        found.close(row, late[row.quarter])
    for row in session.execute(sa.text(sums.TOGETHER["standing"]), asked):
        found.stand(row)
    for row in session.execute(sa.text(sums.TOGETHER["touched"]), asked):
        found.touch(row)
    return found


def then(
    session: Session,
    at: datetime,
    tz: tzinfo,
    quarters: list[Period],
    sphere: str | None,
    body_id: str | None = None,
) -> dict[str, Sum]:
    """What `now` tells, of a past time: from the results themselves."""
    asked = _asked(at, tz, quarters)
    asked["bodies"] = None if body_id is None else [body_id]
    is_whole = sphere is None

    def rows(statement: str) -> list[Any]:
        found = session.execute(sa.text(statement), asked)
        return [row for row in found if row.sphere == (sphere or sums.ALL_SPHERES)]

    return of_rows(
        rows(sums.closed(some=True, is_whole=is_whole)),
        rows(sums.standing(is_whole)),
        rows(sums.touched(some=True, is_whole=is_whole)),
        rows(sums.begun(is_whole=is_whole)),
    )


def of_obligations(
    session: Session, at: datetime, tz: tzinfo, quarters: list[Period], ids: Collection[str]
) -> Sum:
    """What some obligations come to at an instant, whoever held them."""
    asked = {**_asked(at, tz, quarters), "obligations": list(ids)}
    found = (session.execute(sa.text(statement), asked).all() for statement in sums.of_all())
    return sum(of_rows(*found).values(), Sum())


def _asked(at: datetime, tz: tzinfo, quarters: Sequence[Period]) -> dict[str, Any]:
    return {
        "at": at,
        "bodies": None,
        "obligations": None,
        "quarters": [THEN, *(quarter.code for quarter in quarters)],
        "moments": [at, *(figures.moment(quarter, tz, at) for quarter in quarters)],
    }


def of_rows(
    closed: Iterable[Any], stands: Iterable[Any], touches: Iterable[Any], begun: Iterable[Any]
) -> dict[str, Sum]:
    """By body, what the statements of `model/sums.py` told."""
    found: dict[str, Sum] = defaultdict(Sum)
    for row in closed:
        found[row.body_id].close(row, Lateness(Counter(row.late), Counter(row.waiting)))
    for row in stands:
        found[row.body_id].stand(row)
    for row in touches:
        found[row.body_id].touch(row)
    for row in begun:
        found[row.body_id].count(row.statuses)
    return found


def overdue(session: Session, now: datetime) -> set[str]:
    """Bodies whose sums no longer hold, or hold from a later time only."""
    old = sa.select(TallyTime.body_id).where(sa.or_(TallyTime.until <= now, TallyTime.since > now))
    return set(session.scalars(old))


def _quarters(session: Session, now: datetime, tz: tzinfo) -> list[tuple[str, datetime]]:
    """The quarters from the first obligation on, the running one last, each with its moment."""
    first = session.scalar(sa.select(sa.func.min(StandRow.since))) or now
    running = quarter_of(now.astimezone(tz).date())
    told = [min(quarter_of(first.astimezone(tz).date()), running)]
    while told[-1] < running:
        told.append(told[-1].next())
    return [(quarter.code, figures.moment(quarter, tz, now)) for quarter in told]
