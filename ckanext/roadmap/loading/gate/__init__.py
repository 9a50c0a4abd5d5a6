"""Gates between staging and publishing: each one file, registered beside its definition."""

from . import key, row_floor
from .base import GATES, Finding, Staged, check
from .errors import GateError

__all__ = ["GATES", "Finding", "GateError", "Staged", "check", "key", "row_floor"]
