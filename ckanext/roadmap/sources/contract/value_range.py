"""Numbers between two bounds."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar

from psycopg2 import sql

from .base import Figures, Rule, blank, counted, rule
from .entry import Entry

NUMBERS = ("int2", "int4", "int8", "numeric", "float4", "float8")
ENDLESS = ("numeric", "float4", "float8")
"""Types that also hold NaN and the infinite."""
NUMBER = r"^\s*[-+]?[0-9]+(\.[0-9]+)?\s*$"


@rule
class ValueRange(Rule):
    """Every value is a number not below `least` and not above `most`."""

    name: ClassVar[str] = "range"
    fields: ClassVar[tuple[str, ...]] = ("column", "least", "most")

    @classmethod
    def read(cls, entry: Entry) -> dict[str, Any]:
        """A column and one bound at least."""
        column, least, most = entry.column(), entry.number("least"), entry.number("most")
        entry.needed(least is not None or most is not None, "least")
        entry.fits(least is None or most is None or least <= most, "most", most)
        return {"column": column, "least": least, "most": most}

    def measures(self, types: Mapping[str, str]) -> dict[str, sql.Composable]:
        """How many rows lie outside, or hold no number."""
        column = self.settings["column"]
        value = number(column, types[column])
        bounds = [
            sql.SQL("{} {} {}").format(value, sql.SQL(sign), sql.Literal(self.settings[name]))
            for name, sign in (("least", "<"), ("most", ">"))
            if self.settings[name] is not None
        ]
        none = "{} IS NULL"
        if types[column].partition("(")[0] in ENDLESS:  # what has no value lies below no bound
            none = "({0} IS NULL OR {0}::text IN ('NaN', 'Infinity', '-Infinity'))"
        outside = sql.SQL(" OR ").join([sql.SQL(none).format(value), *bounds])
        return {"wrong": counted(sql.SQL("NOT {} AND ({})").format(blank(column), outside))}

    def holds(self, figures: Figures, today: date) -> bool:
        """No row lies outside."""
        return figures["wrong"] == 0


def number(column: str, kind: str) -> sql.Composed:
    """A cell as a number; nothing where it holds none."""
    if kind.partition("(")[0] in NUMBERS:
        return sql.SQL("{}").format(sql.Identifier(column))
    return sql.SQL("(CASE WHEN {0}::text ~ {1} THEN btrim({0}::text)::numeric END)").format(
        sql.Identifier(column), sql.Literal(NUMBER)
    )
