"""How often a source is read: as a person chooses it, and as the line of cron that says the same."""

from __future__ import annotations

import re
from dataclasses import dataclass

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
KINDS = ("hourly", "daily", "workdays", "weekly", "monthly", "own")
_NUMBERS = {str(number): day for number, day in enumerate(WEEKDAYS, 1)} | {"0": "sun"}
_WORKDAYS = ("mon-fri", "1-5")
_PLAIN = re.compile(r"(\d{1,2}) (\d{1,2}|\*) (\d{1,2}|\*) \* (\S+)")
_TIME = re.compile(r"(\d{1,2}):(\d{2})")


@dataclass(frozen=True, slots=True)
class Rhythm:
    """A choice.

    :ivar kind: one of KINDS
    :ivar at: the time of day, as 02:30; of an hourly one its minute counts
    :ivar weekday: of a weekly one, one of WEEKDAYS
    :ivar day: of a monthly one, the day
    :ivar line: of one that can't be chosen, the line of cron
    """

    kind: str
    at: str = ""
    weekday: str = ""
    day: str = ""
    line: str = ""

    @classmethod
    def of(cls, line: str) -> Rhythm:
        """The choice that a line of cron stands for."""
        found = _PLAIN.fullmatch(line)
        own = cls("own", line=line)
        if found is None or int(found[1]) > 59 or (found[2] != "*" and int(found[2]) > 23):
            return own
        minute, hour, day, weekday = found.groups()
        at = f"{0 if hour == '*' else int(hour):02}:{int(minute):02}"
        if hour == "*":
            return cls("hourly", at) if (day, weekday) == ("*", "*") else own
        if day != "*":
            return cls("monthly", at, day=str(int(day))) if weekday == "*" else own
        return cls._of_days(at, weekday) or own

    @classmethod
    def _of_days(cls, at: str, weekday: str) -> Rhythm | None:
        if weekday == "*":
            return cls("daily", at)
        if weekday in _WORKDAYS:
            return cls("workdays", at)
        named = _NUMBERS.get(weekday, weekday)
        return cls("weekly", at, named) if named in WEEKDAYS else None

    @property
    def cron(self) -> str:
        """The line of cron; what was left out makes it one that is refused."""
        found = _TIME.fullmatch(self.at)
        hour, minute = (str(int(part)) for part in found.groups()) if found else ("?", "?")
        days = {
            "hourly": f"{minute} * * * *",
            "daily": f"{minute} {hour} * * *",
            "workdays": f"{minute} {hour} * * mon-fri",
            "weekly": f"{minute} {hour} * * {self.weekday or '?'}",
            "monthly": f"{minute} {hour} {self.day or '?'} * *",
        }
        return days.get(self.kind, self.line)
