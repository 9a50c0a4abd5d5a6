"""Cells that must not be empty."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar

from psycopg2 import sql

from .base import Figures, Rule, blank, counted, rule
from .entry import Entry


@rule
class Complete(Rule):
    """At least so many percent of the cells of a column hold something."""

    name: ClassVar[str] = "complete"
    fields: ClassVar[tuple[str, ...]] = ("column", "share")

    @classmethod
    def read(cls, entry: Entry) -> dict[str, Any]:
        """A column and a share."""
        return {"column": entry.column(), "share": entry.number("share", 100, 0, 100)}

    def measures(self, types: Mapping[str, str]) -> dict[str, sql.Composable]:
        """How many cells are empty, of how many."""
        return {"empty": counted(blank(self.settings["column"])), "rows": sql.SQL("count(*)")}

    def holds(self, figures: Figures, today: date) -> bool:
        """Enough of them hold something."""
        rows = figures["rows"]
        return (rows - figures["empty"]) * 100 >= rows * self.settings["share"]
