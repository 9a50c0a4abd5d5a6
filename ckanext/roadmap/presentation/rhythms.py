"""When a source is read, in words."""

from __future__ import annotations

import re

from ckanext.roadmap.domain.rhythm import Rhythm

from .marks import Message
from .marks import mark as _

WORDS: dict[str, str] = {
    "daily": _("every day at {at}"),
    "workdays": _("from Monday to Friday at {at}"),
    "monthly": _("on day {day} of each month at {at}"),
    "own": _("by the line of cron {line}"),
}
HOURS: dict[str, str] = {
    "*": _("every hour from {opens} to {closes}"),
    "mon-fri": _("every hour from {opens} to {closes}, from Monday to Friday"),
}
_HOURS = re.compile(r"([0-5]?\d) ([01]?\d|2[0-3])-([01]?\d|2[0-3]) \* \* (\*|mon-fri|1-5)")
HOURLY = _("every hour, at minute {minute}")
WEEKLY: dict[str, str] = {
    "mon": _("every Monday at {at}"),
    "tue": _("every Tuesday at {at}"),
    "wed": _("every Wednesday at {at}"),
    "thu": _("every Thursday at {at}"),
    "fri": _("every Friday at {at}"),
    "sat": _("every Saturday at {at}"),
    "sun": _("every Sunday at {at}"),
}


def in_words(line: str) -> Message:
    """A line of cron as somebody would say it."""
    if found := _HOURS.fullmatch(line):
        minute, first, last = (int(part) for part in found.groups()[:3])
        text = HOURS["*" if found[4] == "*" else "mon-fri"]
        return Message(text, params={"opens": f"{first:02}:{minute:02}", "closes": f"{last:02}:{minute:02}"})
    rhythm = Rhythm.of(line)
    if rhythm.kind == "hourly":
        return Message(HOURLY, params={"minute": int(rhythm.at[3:])})
    text = WEEKLY[rhythm.weekday] if rhythm.kind == "weekly" else WORDS[rhythm.kind]
    return Message(text, params={"at": rhythm.at, "day": rhythm.day, "line": rhythm.line})
