"""The quality contract of a table: rules, each one file, registered beside its definition."""

from . import codes, complete, fresh, small_cells, unique, value_range
from .base import RULES, Rule, contract_digest, judged, rules_of
from .reading import read_contract

__all__ = [
    "RULES",
    "Rule",
    "codes",
    "complete",
    "contract_digest",
    "fresh",
    "judged",
    "read_contract",
    "rules_of",
    "small_cells",
    "unique",
    "value_range",
]
