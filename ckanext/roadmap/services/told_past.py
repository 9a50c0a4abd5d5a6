"""Watches over what results say of the past: where that changes, sums that were kept of it are taken away.

News change nothing of the time before they were recorded. But a dataset that goes around CKAN's actions
takes its past with it, and so does whatever else is deleted or put right in the tables.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ckanext.roadmap.model import DaySum, told

TABLES = ("roadmap_course", "roadmap_stand", "roadmap_touched")
_LONGEST = timedelta(hours=6)  # a transaction may write so long after what it records
_SURE = _LONGEST - timedelta(hours=1)  # no sums are kept of what is newer
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_WRITTEN_ALONE = sa.text("LOCK TABLE roadmap_day_sum IN SHARE UPDATE EXCLUSIVE MODE")
Marks = dict[float, int]


def is_settled(at: datetime, now: datetime) -> bool:
    """Whether all that was recorded by an instant is surely written; a long transaction writes later."""
    return at < now - _LONGEST


def alone(session: Session) -> None:
    """Let nobody else keep sums or take them away; who keeps them asks before it reads."""
    session.execute(_WRITTEN_ALONE)


@contextmanager
def watched(session: Session, now: datetime, obligation_ids: Collection[str]) -> Iterator[None]:
    """The results of these obligations are made again inside."""
    until = now - _SURE
    before = marks(session, until, obligation_ids)
    yield
    forget(session, before, marks(session, until, obligation_ids))


def marks(
    session: Session,
    until: datetime,
    obligation_ids: Collection[str] | None,
    tables: Sequence[str] = TABLES,
) -> Marks:
    """What the results of these obligations, or of all, say of the months until an instant, a number each."""
    asked = {"ids": None if obligation_ids is None else list(obligation_ids), "until": until}
    return {row.month: row.mark for row in session.execute(sa.text(told.marks(*tables)), asked)}


def forget(session: Session, before: Mapping[float, int], after: Mapping[float, int]) -> None:
    """Take away the sums from the first month on of which other things are told."""
    differing = [month for month in before.keys() | after.keys() if before.get(month) != after.get(month)]
    if differing:
        alone(session)
        session.execute(DaySum.forget(_EPOCH + timedelta(seconds=min(differing))))
