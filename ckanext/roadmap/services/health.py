"""The log of the portal's being up and down, and the outages that it shows."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from ckanext.roadmap.domain.outage import BEATS_MISSED, Beat, Outage, outages
from ckanext.roadmap.model import HeartbeatRow, OutageRow
from ckanext.roadmap.model.columns import new_id
from ckanext.roadmap.presentation.refusals import refusal
from ckanext.roadmap.services import ledger


def beat(session: Session, now: datetime, down: Iterable[str]) -> HeartbeatRow:
    """Append a look at the portal; the caller commits.

    :param down: the parts that did not answer
    """
    row = HeartbeatRow(id=new_id(), at=now, down=sorted(down))
    ledger.append(session, now, [row])
    return row


def was_well(session: Session) -> bool:
    """Whether all answered at the last look."""
    return not session.scalars(HeartbeatRow.last_down()).first()


def found(session: Session, interval: timedelta, now: datetime) -> list[Outage]:
    """The outages that the log shows by a time, oldest first."""
    rows = session.execute(HeartbeatRow.telling(interval * BEATS_MISSED, now))
    beats = (Beat(row.at, frozenset(row.down), row.seq, row.hash, row.rest) for row in rows)
    return outages(beats, interval, now)


def settle(session: Session, interval: timedelta, now: datetime) -> int:
    """Record the outages that have ended and were measured, so that no status turns red by our own fault.

    A silence proves none. The caller commits.

    :returns: how many were recorded; told twice, none
    """
    ledger.lock(session, OutageRow)
    known = set(session.scalars(OutageRow.beginnings()))
    rows = [
        OutageRow(id=new_id(), since=one.since, until=one.until, proof=one.proof)
        for one in found(session, interval, now)
        if one.is_measured and one.until is not None and one.since not in known
    ]
    return len(ledger.append(session, now, rows))


def prove(session: Session, interval: timedelta, now: datetime, began: datetime) -> Outage:
    """The outage that began at a time.

    :raises RoadmapError: the log shows none, or is only silent, which proves nothing
    """
    outage = next((one for one in found(session, interval, now) if one.since == began), None)
    if outage is None:
        raise refusal("outage_unknown")
    if not outage.is_measured:
        raise refusal("outage_silent")
    return outage
