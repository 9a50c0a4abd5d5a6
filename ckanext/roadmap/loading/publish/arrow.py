"""Arrow, which tells no types: here, once, it is declared so."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from ckanext.roadmap.sources.arrow import compute, csv, pa

pc: Any = compute
pq: Any = import_module("pyarrow.parquet")
pa_csv: Any = csv

__all__ = ["Column", "Kind", "pa", "pa_csv", "pc", "pq"]

Column = Any
"""Values of one column, an Arrow array."""
Kind = Any
"""An Arrow type."""
