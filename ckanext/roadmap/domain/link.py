"""Links to data on other sites: what a look at one came to, and when to look again."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from enum import StrEnum

FIRST_WAIT = timedelta(hours=1)
LONGEST_WAIT = timedelta(days=7)
WHOLE_AFTER = timedelta(days=7)
"""A site that says "not modified" is asked for all of it again so long after it sent the data last."""
_SECONDS, _MOST_DIGITS = re.compile(r"[0-9]+"), 20


class Look(StrEnum):
    """What a look at a link came to."""

    changed = "changed"
    unchanged = "unchanged"
    broken = "broken"
    forbidden = "forbidden"
    postponed = "postponed"

    @property
    def is_good(self) -> bool:
        """Whether the data were there."""
        return self in (Look.changed, Look.unchanged)

    @property
    def is_bad(self) -> bool:
        """Whether the data could not be had; a site that asks to come later has not refused them."""
        return self in (Look.broken, Look.forbidden)


@dataclass(frozen=True, slots=True)
class Pace:
    """How often a link is looked at, and how long a host is left in peace between two questions.

    `lost_after`: how long nothing may be had of a link until its data count as taken away.
    """

    interval: timedelta = timedelta(days=1)
    pause: float = 5.0
    lost_after: timedelta = timedelta(days=30)


_NOT_LOST = frozenset({"link_robots", "fetch_too_large", "fetch_bomb", "fetch_packing", "fetch_too_slow"})
"""People may have these data: it is the portal that does not take them, by wish of the site or its bounds."""
_LEAST_LOOKS = 3


def is_lost(pace: Pace, error: str | None, failures: int, lasting: timedelta) -> bool:
    """Whether data have been out of everybody's reach for so long that they are no longer public.

    :param error: what the last look found
    :param failures: looks in a row that found nothing
    :param lasting: the time from the first of them to the last
    """
    if error is None or error in _NOT_LOST or failures < _LEAST_LOOKS:
        return False
    return lasting >= pace.lost_after


def wait(pace: Pace, failures: int, asked: timedelta | None = None) -> timedelta:
    """How long to leave a link alone: longer with each failure in a row, and never less than its site asks.

    :param failures: failures in a row, the last look included (0: it was good)
    :param asked: what the site asked for by `Retry-After`
    """
    due = pace.interval if failures == 0 else min(FIRST_WAIT * 2 ** min(failures - 1, 20), LONGEST_WAIT)
    return max(due, min(asked, LONGEST_WAIT)) if asked is not None else due


def retry_after(written: str | None, now: datetime) -> timedelta | None:
    """The header `Retry-After`, in seconds or as a date; None: it says nothing."""
    if not written:
        return None
    if _SECONDS.fullmatch(written.strip()):
        return timedelta(seconds=min(int(written.strip()[:_MOST_DIGITS]), int(LONGEST_WAIT.total_seconds())))
    try:
        at = parsedate_to_datetime(written)
    except ValueError:
        return None
    at = at if at.tzinfo else at.replace(tzinfo=UTC)
    return max(at - now, timedelta())
