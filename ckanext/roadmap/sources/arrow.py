"""Arrow, which brings no types of its own: as it is, for those who check theirs."""

from __future__ import annotations

import importlib
from typing import Any

pa: Any = importlib.import_module("pyarrow")
compute: Any = importlib.import_module("pyarrow.compute")
csv: Any = importlib.import_module("pyarrow.csv")
