"""Putting staged rows in the place of the live table, in one transaction."""

from .applied import Applied, ensure_applied, last_applied, of_run
from .build import build
from .diff import count_changes
from .errors import ApplyError
from .swap import swap

__all__ = [
    "Applied",
    "ApplyError",
    "build",
    "count_changes",
    "ensure_applied",
    "last_applied",
    "of_run",
    "swap",
]
