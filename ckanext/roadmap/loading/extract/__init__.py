"""Reading a source as one ordered stream of rows."""

from .errors import ExtractError
from .postgres import Extract, extract, prepare
from .types import datastore_type

__all__ = ["Extract", "ExtractError", "datastore_type", "extract", "prepare"]
