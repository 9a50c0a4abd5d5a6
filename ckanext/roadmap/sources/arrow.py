"""Arrow, which brings no types of its own: as it is, for those who check theirs."""

from __future__ import annotations

import importlib
import sys
from typing import Any


class _NoPandas:
    """Finds no pandas."""

    def find_spec(self, name: str, *_: object) -> None:
        if name == "pandas":
            raise ImportError(name)


def _without_pandas() -> Any:
    """Arrow looks once whether pandas is there, and imports it if it is: a second and 40 MB for each load.

    Nothing of ours goes through pandas; it is there for the library of SDMX alone, which imports it itself.
    """
    arrow, finders = importlib.import_module("pyarrow"), sys.meta_path
    blocker: Any = _NoPandas()
    finders.insert(0, blocker)
    try:
        arrow.array(["looked"])
    finally:
        finders.remove(blocker)
    return arrow


pa: Any = _without_pandas()
compute: Any = importlib.import_module("pyarrow.compute")
csv: Any = importlib.import_module("pyarrow.csv")
