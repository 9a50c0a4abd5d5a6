"""The rule of what is due: a moment has come, its window is open, and it is not done with yet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, tzinfo

from ckanext.roadmap.domain.retry import again_at
from ckanext.roadmap.domain.window import Window
from ckanext.roadmap.services import cron


@dataclass(frozen=True, slots=True)
class Attempts:
    """What was done about the newest moment of a mapping.

    :ivar settled: whether a load is under way, or ended otherwise than by a fault
    :ivar failed: when loads failed, the first and the last
    :ivar begun: when anything was last begun, be it in vain
    """

    settled: bool = False
    failed: tuple[datetime, datetime] | None = None
    begun: datetime | None = None

    @property
    def is_pending(self) -> bool:
        """Whether something was begun of which nobody knows the end."""
        return self.begun is not None and (self.failed is None or self.begun > self.failed[1])


NOTHING = Attempts()


@dataclass(frozen=True, slots=True)
class Schedule:
    """A line of cron and a window of time, by the legal clock."""

    cron: str
    window: Window | None
    tz: tzinfo

    def is_open(self, now: datetime) -> bool:
        """Whether the source may be read."""
        return self.window is None or self.window.is_open(now, self.tz)

    def moment(self, now: datetime) -> datetime:
        """The moment that came last."""
        return cron.newest(self.cron, now, self.tz)

    def is_due(self, now: datetime, written: datetime, attempts: Attempts) -> bool:
        """Whether the source is to be read now.

        :param written: moments before do not count
        :param attempts: since the moment that came last
        """
        left = self._left(now, written, attempts)
        return left is not None and left <= now and self.is_open(now)

    def next_at(self, now: datetime, written: datetime, attempts: Attempts) -> datetime:
        """When the source is read next."""
        left = self._left(now, written, attempts)
        return self._opened(cron.following(self.cron, now, self.tz) if left is None else max(left, now))

    def is_again(self, now: datetime, written: datetime, attempts: Attempts) -> bool:
        """Whether the next reading repeats one that failed."""
        return attempts.failed is not None and self._left(now, written, attempts) is not None

    def _left(self, now: datetime, written: datetime, attempts: Attempts) -> datetime | None:
        """When the newest moment is to be dealt with; None: it is done with, or the next one serves."""
        moment = self.moment(now)
        start = None if moment < written else self._start(moment, attempts)
        found = None if start is None else self._opened(start)
        following = self._opened(cron.following(self.cron, now, self.tz))
        return found if found is not None and found < following else None

    def _start(self, moment: datetime, attempts: Attempts) -> datetime | None:
        """What did not get to its source before the window closed is begun anew when it opens again."""
        if attempts.settled:
            return None
        if attempts.begun is not None and attempts.is_pending:
            return self.window.opening_after(attempts.begun, self.tz) if self.window else None
        return again_at(*attempts.failed) if attempts.failed else moment

    def _opened(self, moment: datetime) -> datetime:
        return self.window.next_opening(moment, self.tz) if self.window else moment
