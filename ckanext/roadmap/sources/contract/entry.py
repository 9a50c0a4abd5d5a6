"""One rule as a mapping writes it, while it is read."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from ckanext.roadmap.sources.mapping_gates import Check


@dataclass(frozen=True, slots=True)
class Entry:
    """The fields of a rule; each reader refuses what cannot stand there, with mapping and field.

    :ivar place: where it stands, such as contract.2
    :ivar columns: the columns that the mapping publishes
    """

    check: Check
    place: str
    found: Mapping[str, Any]
    columns: Collection[str]

    def column(self, name: str = "column") -> str:
        """A column of the mapping."""
        value = self.found.get(name)
        field = f"{self.place}.{name}"
        self.check.that(value is not None, "mapping_missing", field, "it is missing.", "Add it.")
        self.known(str(value), name)
        return str(value)

    def known(self, column: str, name: str) -> None:
        """Refuses a column that the mapping does not publish."""
        field, problem = f"{self.place}.{name}", f"{column} is not among the columns."
        self.check.that(column in self.columns, "mapping_column_unknown", field, problem,
                        "Add it, name another, or leave the field out.", value=column)  # fmt: skip

    def number(
        self, name: str, default: float | None = None, least: float = -1e18, most: float = 1e18,
        whole: bool = False,
    ) -> float | None:  # fmt: skip
        """A number; None where none is written and there is no default."""
        value = self.found.get(name)
        if value is None:
            return default
        is_number = isinstance(value, int if whole else int | float) and not isinstance(value, bool)
        self.fits(is_number and least <= value <= most, name, value)
        return value

    def fits(self, good: bool, name: str, value: object) -> None:
        """Refuses a value that cannot stand there."""
        field = f"{self.place}.{name}"
        self.check.that(good, "mapping_contract_value", field, f"{value} cannot stand there.",
                        "See what each rule takes in the page on gates.", value=str(value))  # fmt: skip

    def needed(self, good: bool, name: str) -> None:
        """Refuses a rule that lacks what it is about."""
        self.check.that(good, "mapping_missing", f"{self.place}.{name}", "it is missing.", "Add it.")
