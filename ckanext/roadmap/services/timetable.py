"""The rule of what is due: a moment has come, its window is open, and nothing was done about it yet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, tzinfo

from ckanext.roadmap.domain.window import Window
from ckanext.roadmap.services import cron


@dataclass(frozen=True, slots=True)
class Schedule:
    """A line of cron and a window of time, by the legal clock."""

    cron: str
    window: Window | None
    tz: tzinfo

    def is_open(self, now: datetime) -> bool:
        """Whether the source may be read."""
        return self.window is None or self.window.is_open(now, self.tz)

    def next_at(self, now: datetime) -> datetime:
        """When the next moment comes, or the window opens for it."""
        moment = cron.following(self.cron, now, self.tz)
        return self.window.next_opening(moment, self.tz) if self.window else moment

    def is_due(self, now: datetime, written: datetime, attempts: Attempts) -> bool:
        """Whether a moment has come since the mapping was written that nothing was done about.

        What did not get to its source before the window closed is done when it opens again.
        """
        moment = cron.newest(self.cron, now, self.tz)
        if moment < written or not self.is_open(now):
            return False
        opened = self.window.last_opening(now, self.tz) if self.window else moment
        return not attempts.since(moment, max(moment, opened))


@dataclass(frozen=True, slots=True)
class Attempts:
    """What was last done about a mapping.

    :ivar read: when a load began that got to its source
    :ivar tried: when anything was begun, be it in vain
    """

    read: datetime | None = None
    tried: datetime | None = None

    def since(self, moment: datetime, opened: datetime) -> bool:
        """Whether a load began since the moment, or anything since the window opened."""
        return _from(self.read, moment) or _from(self.tried, opened)


def _from(moment: datetime | None, start: datetime) -> bool:
    return moment is not None and moment >= start
