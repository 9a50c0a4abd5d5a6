"""Putting staged rows live: not at all, row by row, or as a whole table."""

from .applied import Applied, ensure_applied, last_applied, note, note_probe, of_run
from .applying import Applying, foresee
from .beside import Beside
from .choice import UNCHANGED_HASH, UNCHANGED_PROBE, Choice, Strategy
from .commit import analyze
from .errors import ApplyError
from .search import make_searchable

__all__ = [
    "UNCHANGED_HASH",
    "UNCHANGED_PROBE",
    "Applied",
    "ApplyError",
    "Applying",
    "Beside",
    "Choice",
    "Strategy",
    "analyze",
    "ensure_applied",
    "foresee",
    "last_applied",
    "make_searchable",
    "note",
    "note_probe",
    "of_run",
]
