"""Makes every stored result again from the ledger, and tells whether any differed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, tzinfo

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ckanext.roadmap.model import CountrySheet, DaySum, Obligation, SheetRow
from ckanext.roadmap.services import making, results, tallies, told_past
from ckanext.roadmap.services.progress import Progress, nobody_watches

FRESH = tuple(f"fresh_{table}" for table in results.TABLES)


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """How much was made again, and how many obligations' stored results were not as they should be."""

    obligations: int
    deadlines: int
    differing: int


def rebuild(session: Session, now: datetime, tz: tzinfo, tell: Progress = nobody_watches) -> Rebuilt:
    """Make all results beside the stored ones, compare, put right what differs, add up anew.

    The caller commits. What was marked is not counted as differing: it was known to be old.
    """
    results.lock(session)
    marks = results.marks(session)
    for fresh, table in zip(FRESH, results.TABLES, strict=True):
        session.execute(sa.text(f"CREATE TEMP TABLE {fresh} (LIKE {table}) ON COMMIT DROP"))
    ids = list(session.scalars(sa.select(Obligation.id).order_by(Obligation.body_id, Obligation.id)))
    deadlines = make(session, ids, tz, FRESH, tell)
    old = set(marks.values())
    differing = set[str]() if old >= set(ids) else _differing(session) - old
    if differing:  # what was shown of the past rested on them
        session.execute(sa.delete(CountrySheet))
    told_past.alone(session)
    newest = session.scalar(DaySum.newest())
    if newest is not None:
        chosen = None if old >= set(ids) else differing | old
        before, after = (told_past.marks(session, newest, chosen, one) for one in (results.TABLES, FRESH))
        told_past.forget(session, before, after)
    _replace(session, sorted(differing | old), everything=old >= set(ids))
    results.unmark(session, marks)
    tallies.add_up(session, now, tz)
    return Rebuilt(len(ids), deadlines, len(differing))


def _replace(session: Session, ids: list[str], everything: bool) -> None:
    """Put what was made in the place of what was stored."""
    session.execute(sa.delete(SheetRow) if everything else SheetRow.forget(ids))
    chosen = "" if everything else " WHERE obligation_id = ANY(:ids)"
    for fresh, table in zip(FRESH, results.TABLES, strict=True):
        session.execute(sa.text(_GONE.format(table=table) + chosen), {"ids": ids})
        session.execute(sa.text(_PUT.format(fresh=fresh, table=table) + chosen), {"ids": ids})


_GONE, _PUT = "DELETE FROM {table}", "INSERT INTO {table} SELECT * FROM {fresh}"


def make(
    session: Session,
    obligation_ids: list[str],
    tz: tzinfo,
    tables: tuple[str, ...],
    tell: Progress = nobody_watches,
) -> int:
    """Write the results of these obligations into empty tables; how many deadlines they have."""
    deadlines, done = 0, 0
    for count, told in making.make(session, obligation_ids, tz):
        results.put(session, told, tables)
        deadlines, done = deadlines + told.deadlines, done + count
        tell(done, len(obligation_ids))
    return deadlines


_COMPARED = """
    (SELECT * FROM {table} EXCEPT SELECT * FROM {fresh})
    UNION ALL (SELECT * FROM {fresh} EXCEPT SELECT * FROM {table})
"""


def _differing(session: Session) -> set[str]:
    found = set[str]()
    for fresh, table in zip(FRESH, results.TABLES, strict=True):
        rows = _COMPARED.format(fresh=fresh, table=table)
        found |= set(session.scalars(sa.text(_OBLIGATIONS.format(rows=rows))))
    return found


_OBLIGATIONS = "SELECT DISTINCT obligation_id FROM ({rows}) AS differing"
