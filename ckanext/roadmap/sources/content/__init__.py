"""Measures what a published file holds: its canonical hash, rows, columns and codes."""

from __future__ import annotations

from .faults import tells_fault as tells_fault
from .file import measure_file as measure_file
from .table import measure_table as measure_table
