"""Gates between staging and publishing: each one file, registered beside its definition."""

from . import blast_keys, blast_regions, blast_rows, contract, key, personal, rehearsal, row_floor, two_keys
from .base import GATES, Finding, Staged, Weight, check, holding
from .contract import digest_of
from .errors import GateError

__all__ = [
    "GATES",
    "Finding",
    "GateError",
    "Staged",
    "Weight",
    "blast_keys",
    "blast_regions",
    "blast_rows",
    "check",
    "contract",
    "digest_of",
    "holding",
    "key",
    "personal",
    "rehearsal",
    "row_floor",
    "two_keys",
]
