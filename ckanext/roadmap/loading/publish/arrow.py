"""Arrow, which tells no types: here, once, it is declared so."""

from __future__ import annotations

from importlib import import_module
from typing import Any

pa: Any = import_module("pyarrow")
pc: Any = import_module("pyarrow.compute")
pq: Any = import_module("pyarrow.parquet")
pa_csv: Any = import_module("pyarrow.csv")

Column = Any
"""Values of one column, an Arrow array."""
Kind = Any
"""An Arrow type."""
