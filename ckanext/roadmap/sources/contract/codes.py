"""Values out of a list of codes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar, cast

from psycopg2 import sql

from ckanext.roadmap.domain.region import CODE_LENGTHS, DISTRICT_LENGTH, REGION_LENGTH, REGIONS

from .base import Figures, Rule, blank, counted, rule
from .entry import Entry

LISTS = {"regions": (REGION_LENGTH,), "districts": (DISTRICT_LENGTH,), "soato": CODE_LENGTHS}
"""The portal's own lists: how long the codes may be that begin with a region's."""
MOST_VALUES = 10_000


@rule
class Codes(Rule):
    """Every value is a code of a list; empty cells are for the rule on completeness."""

    name: ClassVar[str] = "codes"
    fields: ClassVar[tuple[str, ...]] = ("column", "list", "values")

    @classmethod
    def read(cls, entry: Entry) -> dict[str, Any]:
        """A column, and one of the portal's lists or the values themselves."""
        listed, values = entry.found.get("list"), entry.found.get("values")
        column = entry.column()
        entry.needed((listed is None) != (values is None), "list")
        if values is None:
            entry.fits(listed in LISTS, "list", listed)
            return {"column": column, "list": listed}
        named = cast("list[object]", values) if isinstance(values, list) else []
        entry.fits(0 < len(named) <= MOST_VALUES, "values", str(named or entry.found["values"])[:100])
        return {"column": column, "values": [str(value).strip() for value in named]}

    def measures(self, types: Mapping[str, str]) -> dict[str, sql.Composable]:
        """How many rows have another value."""
        column = self.settings["column"]
        wrong = sql.SQL("NOT {} AND NOT {}").format(blank(column), self._fits(column))
        return {"wrong": counted(wrong)}

    def holds(self, figures: Figures, today: date) -> bool:
        """No row has another value."""
        return figures["wrong"] == 0

    def _fits(self, column: str) -> sql.Composed:
        text = sql.SQL("btrim({}::text)").format(sql.Identifier(column))
        if "values" in self.settings:
            return sql.SQL("{} = ANY({})").format(text, sql.Literal(self.settings["values"]))
        return sql.SQL("{} ~ {}").format(text, sql.Literal(pattern(self.settings["list"])))


def pattern(name: str) -> str:
    """What codes of one of the portal's lists look like."""
    tails = "|".join(f"[0-9]{{{length - REGION_LENGTH}}}" for length in LISTS[name])
    return f"^({'|'.join(sorted(REGIONS))})({tails})$"
