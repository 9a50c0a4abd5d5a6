"""How strict the gates are with one table, as its mapping says."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol, cast

from ckanext.roadmap.domain.personal import KINDS

SWITCHES = ("regions", "two_keys", "personal", "rehearsal")
PERCENTS = ("fewer_rows", "more_rows", "keys_changed")
MOST = 100_000


class Check(Protocol):
    """Raises for one mapping, by its name."""

    def that(self, good: bool, code: str, field: str, problem: str, remedy: str, **more: object) -> None:
        """Raises unless *good*."""
        ...


def gate_settings(check: Check, found: Any) -> dict[str, int | bool]:
    """The thresholds that differ from the portal's own.

    :raises MappingError: one that isn't known, or isn't a number or a switch
    """
    check.that(found is None or isinstance(found, Mapping), "mapping_no_fields", "gates",
               "it is not a set of fields.", "Write `fewer_rows: 50`.")  # fmt: skip
    settings = dict(cast("Mapping[str, Any]", found or {}))
    known = (*PERCENTS, *SWITCHES)
    for name, value in settings.items():
        field = f"gates.{name}"
        check.that(name in known, "mapping_field_unknown", field, "there is no such field.",
                   f"Known: {', '.join(known)}.", value=str(name), accepted=known)  # fmt: skip
        if name in SWITCHES:
            check.that(isinstance(value, bool), "mapping_gate_switch", field, f"{value} is no switch.",
                       "Write true or false.", value=str(value))  # fmt: skip
        else:
            number = isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= MOST
            check.that(number, "mapping_gate_percent", field, f"{value} is no percentage.",
                       "Write a whole number, such as 50.", value=str(value))  # fmt: skip
    return settings


def public_kinds(check: Check, field: str, found: Any) -> list[str]:
    """The kinds of personal data that the law makes public in a column."""
    kinds = [found] if isinstance(found, str) else found or []
    check.that(isinstance(kinds, list), "mapping_no_list", field, "it is not a list.", "Write `[phone]`.")
    names = [str(kind) for kind in cast("list[object]", kinds)]
    for name in names:
        check.that(name in KINDS, "mapping_public_unknown", field, f"there is no kind {name}.",
                   f"Use {', '.join(KINDS)}.", value=name, accepted=KINDS)  # fmt: skip
    return names
