"""The contract of a mapping, from its YAML."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, cast

from ckanext.roadmap.sources.mapping_gates import Check

from .base import RULES
from .entry import Entry

WEIGHTS = ("hold", "warn")
MOST_RULES = 100


def read_contract(check: Check, found: Any, columns: Collection[str]) -> list[dict[str, Any]]:
    """The rules of a contract with all defaults filled in.

    :param check: raises for the mapping at hand
    :param columns: names of the columns that the mapping publishes
    :raises MappingError: a rule that isn't known, or a field that it can't take
    """
    rules = cast("list[object]", found or [])
    check.that(isinstance(found or [], list), "mapping_no_list", "contract", "it is not a list.",
               "Write `- {rule: complete, column: name}` lines.")  # fmt: skip
    check.that(len(rules) <= MOST_RULES, "mapping_contract_long", "contract",
               f"it has more than {MOST_RULES} rules.", "Keep those that matter.",
               most=MOST_RULES)  # fmt: skip
    return [_rule(check, f"contract.{number}", one, columns) for number, one in enumerate(rules, 1)]


def _rule(check: Check, place: str, found: Any, columns: Collection[str]) -> dict[str, Any]:
    check.that(isinstance(found, Mapping), "mapping_no_fields", place, "it is not a set of fields.",
               "Write `{rule: complete, column: name}`.")  # fmt: skip
    fields = cast("Mapping[str, Any]", found)
    name = str(fields.get("rule") or "")
    check.that(name in RULES, "mapping_rule_unknown", f"{place}.rule", f"there is no rule {name}.",
               f"Use {', '.join(RULES)}.", value=name, accepted=list(RULES))  # fmt: skip
    kind = RULES[name]
    known = ("rule", "weight", *kind.fields)
    for field in fields:
        check.that(field in known, "mapping_field_unknown", f"{place}.{field}", "there is no such field.",
                   f"Known: {', '.join(known)}.", value=str(field), accepted=known)  # fmt: skip
    entry = Entry(check, place, fields, columns)
    weight = fields.get("weight", kind.weight)
    entry.fits(weight in WEIGHTS, "weight", weight)
    return {"rule": name, **kind.read(entry), "weight": weight}
