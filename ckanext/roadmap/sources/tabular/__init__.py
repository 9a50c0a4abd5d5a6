"""Files of every format as tables: names of columns, types by what lies in them, and rows as texts."""

from . import archive, delimited, parquet, records_json, records_xml, sheets
from .base import Ask, Tabular, formats
from .opening import open_file

__all__ = [
    "Ask", "Tabular", "archive", "delimited", "formats", "open_file", "parquet", "records_json",
    "records_xml", "sheets",
]  # fmt: skip
