"""Counts so small that they may point to people."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar

from psycopg2 import sql

from .base import Figures, Rule, counted, rule
from .entry import Entry
from .value_range import number

BELOW = 5
"""Statistical offices hide counts from 1 to 4."""


@rule
class SmallCells(Rule):
    """No count of an aggregate lies between nothing and `below`; only told, unless the mapping says hold."""

    name: ClassVar[str] = "small_cells"
    fields: ClassVar[tuple[str, ...]] = ("column", "below")
    weight: ClassVar[str] = "warn"

    @classmethod
    def read(cls, entry: Entry) -> dict[str, Any]:
        """A column of counts and the smallest count that may be told."""
        return {"column": entry.column(), "below": entry.number("below", BELOW, 2, 1000, whole=True)}

    def measures(self, types: Mapping[str, str]) -> dict[str, sql.Composable]:
        """How many rows have such a count."""
        column = self.settings["column"]
        value = number(column, types[column])
        small = sql.SQL("{0} > 0 AND {0} < {1}").format(value, sql.Literal(self.settings["below"]))
        return {"small": counted(small)}

    def holds(self, figures: Figures, today: date) -> bool:
        """None has."""
        return figures["small"] == 0
