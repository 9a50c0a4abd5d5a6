"""JSON: one list of objects, a row a line."""

from __future__ import annotations

from pathlib import Path

from ckanext.roadmap.loading.publish.decode import Batch, Schema

from .base import FileFormat, file_format
from .json_text import objects
from .stream import TextFile


@file_format
class Json(TextFile, FileFormat):
    """Rows as every program reads them."""

    name, label, mimetype = "json", "JSON", "application/json; charset=utf-8"

    def __init__(self, path: Path, schema: Schema) -> None:
        super().__init__(path, schema)
        self.put("[")
        self._before = "\n"

    def write(self, batch: Batch) -> None:
        """Adds rows; each is parted from the one before."""
        self.put_lines(objects(batch, self.schema), ",\n", self._before)
        self._before = ",\n"

    def close(self) -> None:
        """Ends list and file."""
        self.put("\n]\n")
        super().close()
