"""One pass over the stream: hash, files and staging table."""

from .copying import copy_in
from .errors import StageError, ValueRefusedError, writing
from .pipe import Pipe
from .table import create_fresh, create_raw, discard, drop_schema, ensure_schema, sweep

__all__ = [
    "Pipe",
    "StageError",
    "ValueRefusedError",
    "copy_in",
    "create_fresh",
    "create_raw",
    "discard",
    "drop_schema",
    "ensure_schema",
    "sweep",
    "writing",
]
