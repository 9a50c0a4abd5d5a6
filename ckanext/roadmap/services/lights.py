"""The thresholds of the light through time: those of the configuration hold once they are recorded.

So a portal that is started with other thresholds tells the past by those of then.
"""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ckanext.roadmap.model import LightRow
from ckanext.roadmap.services import ledger

Thresholds = tuple[int, int]


def record(session: Session, now: datetime, configured: Thresholds) -> bool:
    """Record what is configured, if that is not what holds; the caller commits. Whether it was recorded."""
    ledger.lock(session, LightRow)
    newest = session.scalars(LightRow.newest_first().limit(1)).first()
    if newest is not None and (newest.green, newest.yellow) == configured:
        return False
    ledger.append(session, now, [LightRow(green=configured[0], yellow=configured[1])])
    return True


def at(session: Session, moment: datetime, configured: Thresholds) -> Thresholds:
    """Those that held at a moment; of earlier times than were recorded, the first ones."""
    row = LightRow
    is_later = row.recorded_at > moment
    order = (is_later, sa.case((is_later, row.seq), else_=-row.seq))
    found = session.execute(sa.select(row.green, row.yellow).order_by(*order).limit(1)).first()
    return configured if found is None else (found.green, found.yellow)


def known(session: Session, by: datetime) -> list[LightRow]:
    """All that were recorded by a time, the newest first."""
    return list(session.scalars(LightRow.newest_first().where(LightRow.recorded_at <= by)))
