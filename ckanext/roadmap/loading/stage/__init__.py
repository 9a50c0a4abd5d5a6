"""One pass over the stream: hash, file and staging table."""

from .errors import StageError
from .table import create_raw, ensure_schema, sweep
from .tee import Tee, stream

__all__ = ["StageError", "Tee", "create_raw", "ensure_schema", "stream", "sweep"]
