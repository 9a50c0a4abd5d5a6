"""The hours of a day in which a source may be read, by the legal clock."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta, tzinfo

from ckanext.roadmap.domain.errors import RoadmapError

FORM = re.compile(r"([01]\d|2[0-3]):([0-5]\d)-([01]\d|2[0-3]):([0-5]\d)")
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Window:
    """From one time of day until another, which may be on the next day; the end is outside."""

    opens: time
    closes: time

    @classmethod
    def parse(cls, text: str) -> Window:
        """`22:00-06:00`.

        :raises RoadmapError: it is written otherwise, or is empty
        """
        found = FORM.fullmatch(text)
        if not found:
            raise RoadmapError("mapping_window", f'"{text}" is no window of time.', value=text)
        hour, minute, until_hour, until_minute = map(int, found.groups())
        window = cls(time(hour, minute), time(until_hour, until_minute))
        if window.opens == window.closes:
            raise RoadmapError("mapping_window", f'"{text}" is no window of time.', value=text)
        return window

    def __str__(self) -> str:
        return f"{self.opens:%H:%M}-{self.closes:%H:%M}"

    def is_open(self, now: datetime, tz: tzinfo) -> bool:
        """Whether the source may be read at an instant."""
        at = now.astimezone(tz).time()
        if self.opens < self.closes:
            return self.opens <= at < self.closes
        return at >= self.opens or at < self.closes

    def last_opening(self, now: datetime, tz: tzinfo) -> datetime:
        """When it opened last, in UTC."""
        found = self._opening(now, tz)
        return (found if found <= now else self._opening(now, tz, -1)).astimezone(UTC)

    def next_opening(self, now: datetime, tz: tzinfo) -> datetime:
        """When it opens, in UTC; *now* if it is open."""
        return now.astimezone(UTC) if self.is_open(now, tz) else self.opening_after(now, tz)

    def opening_after(self, now: datetime, tz: tzinfo) -> datetime:
        """When it opens anew, in UTC, also if it is open."""
        found = self._opening(now, tz)
        return (found if found > now else self._opening(now, tz, 1)).astimezone(UTC)

    def _opening(self, now: datetime, tz: tzinfo, days: int = 0) -> datetime:
        day = (now.astimezone(tz) + days * _DAY).date()
        return datetime.combine(day, self.opens, tzinfo=tz)
