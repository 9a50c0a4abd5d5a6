"""Sums of stored results by body, sphere and quarter: kept for now, asked for of a past time."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
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
from ckanext.roadmap.model import StandRow, StandTally, Tally, TallyTime, TouchTally, sums
from ckanext.roadmap.services import results

_THEN = "then"  # beside the quarters: every body that was known is told


@dataclass(slots=True)
class Sum:
    """What the obligations of one body come to, by quarter; `statuses` of the time that is looked at."""

    closed: dict[str, list[Any]] = field(default_factory=lambda: defaultdict(list))
    standing: dict[str, list[Any]] = field(default_factory=lambda: defaultdict(list))
    touches: dict[str, list[Any]] = field(default_factory=lambda: defaultdict(list))
    statuses: Counter[Status] = field(default_factory=Counter[Status])

    def figures(self, quarter: str) -> Figures:
        """The figures of a quarter."""
        rows, stands = self.closed.get(quarter, []), self.standing.get(quarter, [])
        kept = sum(row.closed for row in rows)
        return Figures(
            obligations=sum(row.obligations for row in stands),
            published=_share(stands, "published", "owed"),
            current=_share(stands, "current", "closed"),
            kept=Share(sum(row.kept for row in rows), kept),
            kept_on_time=Share(sum(row.on_time for row in rows), kept),
            automatic=_share(rows, "automatic", "met"),
            contested=sum(row.contested for row in rows),
            unknown=sum(row.unknown for row in rows),
            late=Lateness(
                Counter(days for row in rows for days in row.late),
                Counter(due_at for row in rows for due_at in row.waiting),
            ),
        )

    def refresh(self, quarter: str) -> Refresh:
        """The touches of a quarter."""
        counts: Counter[Any] = Counter()
        for row in self.touches.get(quarter, []):
            counts.update(dict(zip(TOUCHES, row.counts, strict=True)))
        return Refresh(dict(counts))


def refresh(session: Session, now: datetime, tz: tzinfo) -> None:
    """Make results and sums true of now: what was marked, and what time has changed. The caller commits."""
    results.refresh(session, tz)
    if _overdue(session, now):
        results.lock(session)
        add_up(session, now, tz, sorted(_overdue(session, now)))


def add_up(session: Session, now: datetime, tz: tzinfo, bodies: Collection[str] | None = None) -> None:
    """Write the sums of these bodies anew, or of all."""
    told = _quarters(session, now, tz)
    asked = {
        "at": now,
        "bodies": None if bodies is None else list(bodies),
        "quarters": [code for code, _ in told],
        "moments": [moment for _, moment in told],
        "running": told[-1][0],
        "end": quarter_of(now.astimezone(tz).date()).end_at(tz),
    }
    for table in (Tally, StandTally, TouchTally, TallyTime):
        gone = sa.delete(table)
        session.execute(gone if bodies is None else gone.where(table.body_id.in_(bodies)))
    for statement in sums.writes():
        session.execute(sa.text(statement), asked)


def now(session: Session, quarters: list[Period], sphere: str | None) -> dict[str, Sum]:
    """The sums that are kept, by body."""
    codes = [quarter.code for quarter in quarters]
    found: dict[str, Sum] = defaultdict(Sum)
    for table, name in ((Tally, "closed"), (StandTally, "standing"), (TouchTally, "touches")):
        rows = sa.select(*table.__table__.columns).where(table.quarter.in_(codes))
        _put(found, name, session.execute(_of_sphere(rows, table, sphere)))
    latest = sa.select(sa.func.max(StandTally.quarter)).scalar_subquery()
    begun = sa.select(StandTally.body_id, StandTally.statuses).where(StandTally.quarter == latest)
    _count(found, session.execute(_of_sphere(begun, StandTally, sphere)))
    return found


def then(
    session: Session, at: datetime, tz: tzinfo, quarters: list[Period], sphere: str | None
) -> dict[str, Sum]:
    """The same of a past time, from the results themselves."""
    asked = {
        "at": at,
        "bodies": None,
        "quarters": [_THEN, *(quarter.code for quarter in quarters)],
        "moments": [at, *(figures.moment(quarter, tz, at) for quarter in quarters)],
    }
    found: dict[str, Sum] = defaultdict(Sum)
    for statement, name in (
        (sums.closed(some=True), "closed"),
        (sums.standing(), "standing"),
        (sums.touched(some=True), "touches"),
    ):
        rows = session.execute(sa.text(statement), asked)
        _put(found, name, (row for row in rows if sphere in (None, row.sphere)))
    begun = session.execute(sa.text(sums.begun()), asked)
    _count(found, (row for row in begun if sphere in (None, row.sphere)))
    return found


def _overdue(session: Session, now: datetime) -> set[str]:
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


def _of_sphere(query: sa.Select[Any], table: Any, sphere: str | None) -> sa.Select[Any]:
    return query if sphere is None else query.where(table.sphere == sphere)


def _put(found: dict[str, Sum], name: str, rows: Iterable[Any]) -> None:
    for row in rows:
        getattr(found[row.body_id], name)[row.quarter].append(row)


def _count(found: dict[str, Sum], rows: Iterable[Any]) -> None:
    for row in rows:
        found[row.body_id].statuses.update(dict(zip(verdict.STATUSES, row.statuses, strict=False)))


def _share(rows: Iterable[Any], met: str, of: str) -> Share:
    return Share(sum(getattr(row, met) for row in rows), sum(getattr(row, of) for row in rows))
