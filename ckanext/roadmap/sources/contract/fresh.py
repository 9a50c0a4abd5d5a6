"""The age of the newest data, by the data's own column of dates."""

from __future__ import annotations

import calendar
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, ClassVar

from psycopg2 import sql

from .base import Figures, Rule, rule
from .entry import Entry

DAY = "^([0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2})?)?)(?![0-9])"
"""A year, a month or a day, in dates, timestamps and text alike."""


@rule
class Fresh(Rule):
    """The newest date, or end of the newest month or year, lies at most so many days back and has begun."""

    name: ClassVar[str] = "fresh"
    fields: ClassVar[tuple[str, ...]] = ("column", "days")

    @classmethod
    def read(cls, entry: Entry) -> dict[str, Any]:
        """A column of dates and a number of days."""
        entry.needed(entry.found.get("days") is not None, "days")
        return {"column": entry.column(), "days": entry.number("days", None, 0, 36_500, whole=True)}

    def measures(self, types: Mapping[str, str]) -> dict[str, sql.Composable]:
        """The newest date; its age is told by the day of whoever asks."""
        return {
            "newest": sql.SQL('max(substring(btrim({}::text) from {}) COLLATE "C")').format(
                sql.Identifier(self.settings["column"]), sql.Literal(DAY)
            )
        }

    def holds(self, figures: Figures, today: date) -> bool:
        """It is not too old; what has no date is, and a day that has not come (2206) proves nothing."""
        newest = last_day(figures["newest"])
        if newest is None or figures["newest"] > today.isoformat()[: len(figures["newest"])]:
            return False
        return today - newest <= timedelta(days=self.settings["days"])


def last_day(text: str | None) -> date | None:
    """The last day of a year, a month or a day that ISO 8601 writes; None for no such day."""
    parts = [int(part) for part in (text or "").split("-") if part]
    try:
        if len(parts) == 1:
            return date(parts[0], 12, 31)
        if len(parts) == 2:
            year, month = parts
            return date(year, month, calendar.monthrange(year, month)[1])
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None
