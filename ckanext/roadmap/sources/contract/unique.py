"""Keys beside the mapping's own that name one row."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar, cast

from psycopg2 import sql

from .base import Figures, Rule, blank, counted, is_json, rule
from .entry import Entry


@rule
class Unique(Rule):
    """No two rows have the same values in these columns; rows without a value in one of them are left out."""

    name: ClassVar[str] = "unique"
    fields: ClassVar[tuple[str, ...]] = ("columns",)

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that together name a row."""
        return tuple(self.settings["columns"])

    @classmethod
    def read(cls, entry: Entry) -> dict[str, Any]:
        """One column or a list of them."""
        found = entry.found.get("columns")
        entry.needed(bool(found), "columns")
        names: Any = [found] if isinstance(found, str) else found
        entry.fits(isinstance(names, list), "columns", names)
        columns = [str(name) for name in cast("list[object]", names)]
        for name in columns:
            entry.known(name, "columns")
        return {"columns": columns}

    def measures(self, types: Mapping[str, str]) -> dict[str, sql.Composable]:
        """How many rows there are too many."""
        form = "({}::text)" if any(is_json(types[name]) for name in self.columns) else "({})"
        values = sql.SQL(", ").join(sql.SQL(form).format(sql.Identifier(name)) for name in self.columns)
        there = sql.SQL("NOT ({})").format(sql.SQL(" OR ").join(map(blank, self.columns)))
        distinct = sql.SQL("count(DISTINCT ROW({})) FILTER (WHERE {})").format(values, there)
        return {"double": sql.SQL("{} - {}").format(counted(there), distinct)}

    def holds(self, figures: Figures, today: date) -> bool:
        """No row is there twice."""
        return figures["double"] == 0
