"""Arrow, which brings no types of its own: as it is, for those who check theirs."""

from __future__ import annotations

import importlib
import sys
from typing import Any


def _without_pandas() -> Any:
    """Arrow looks once whether pandas is there, and imports it if it is: a second and 40 MB for each load.

    Nothing of ours goes through pandas; it is there for the library of SDMX alone, which imports it itself.
    """
    arrow = importlib.import_module("pyarrow")
    if "pandas" in sys.modules:
        return arrow
    blocked: dict[str, Any] = sys.modules  # None in the place of a module: there is none
    blocked["pandas"] = None
    try:
        arrow.array(["looked"])
    finally:
        del sys.modules["pandas"]
    return arrow


pa: Any = _without_pandas()
compute: Any = importlib.import_module("pyarrow.compute")
csv: Any = importlib.import_module("pyarrow.csv")
