"""Refuses to start by another time zone than the ledger was written by: every past period would end anew."""

from __future__ import annotations

from contextlib import nullcontext
from datetime import datetime
from zoneinfo import ZoneInfoNotFoundError

import sqlalchemy as sa
from sqlalchemy.exc import OperationalError, ProgrammingError

from ckan import model
from ckan.exceptions import CkanConfigurationException

from ckanext.roadmap import config
from ckanext.roadmap.domain.calendar import end_of_day
from ckanext.roadmap.model import DeadlineRow

_NEWEST = 400


def require() -> None:
    """Hold the configured zone against the deadlines that stand.

    Another zone shifts nearly all of them; a few that are odd are for `ledger verify` to tell.

    :raises CkanConfigurationException: there is no such zone, or most days of the ledger end at other times
    """
    try:
        zone = config.timezone()
    except (ZoneInfoNotFoundError, ValueError) as error:
        text = f"{config.TIMEZONE}: there is no such time zone. Write one like Asia/Tashkent."
        raise CkanConfigurationException(text) from error
    due = _due()
    off = [due_at for due_at in due if end_of_day(due_at.astimezone(zone).date(), zone) != due_at]
    if 2 * len(off) > len(due):
        raise CkanConfigurationException(
            f"{config.TIMEZONE} is {zone.key}, but the ledger was written by another zone: a day of it "
            f"ends at {off[0].isoformat()}. What was recorded would mean something else. "
            "Put the former zone back."
        )


def _due() -> list[datetime]:
    """When the deadlines fall due that were written last; nothing before there is a ledger."""
    newest = sa.select(DeadlineRow.due_at).order_by(DeadlineRow.seq.desc()).limit(_NEWEST)
    engine = model.meta.engine
    try:
        with engine.connect() if engine is not None else nullcontext() as connection:
            return list(connection.scalars(newest)) if connection is not None else []
    except (OperationalError, ProgrammingError):
        return []
