"""Moments that a line of cron names, by the legal clock."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, tzinfo

from croniter import croniter

from ckanext.roadmap.domain.errors import RoadmapError

FIELD = r"(?:[\d*/,-]|[a-z]{3})+"
LINE = re.compile(rf"{FIELD}(?: {FIELD}){{4}}")
"""Five fields of the common form; what the library knows beyond it (seconds, chance) is left out."""
MINUTE = timedelta(minutes=1)


def check(line: str, now: datetime) -> None:
    """Refuse what is no line of cron, or names no moment at all.

    :raises RoadmapError: it is none
    """
    if not (LINE.fullmatch(line) and _has_moments(line, now)):
        raise RoadmapError("mapping_cron", f'"{line}" is no line of cron.', value=line)


def newest(line: str, now: datetime, tz: tzinfo) -> datetime:
    """The last moment that has come, in UTC."""
    minute = now.astimezone(tz).replace(second=0, microsecond=0)
    return croniter(line, minute + MINUTE).get_prev(datetime).astimezone(UTC)


def following(line: str, now: datetime, tz: tzinfo) -> datetime:
    """The first moment that is still to come, in UTC."""
    return croniter(line, now.astimezone(tz)).get_next(datetime).astimezone(UTC)


def _has_moments(line: str, now: datetime) -> bool:
    """Whether it is read, and names a day that comes: there is no 30 February."""
    try:
        croniter(line, now).get_next(datetime)
    except (ValueError, KeyError):
        return False
    return True
