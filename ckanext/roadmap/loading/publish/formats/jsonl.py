"""JSON Lines: one object a line."""

from __future__ import annotations

from ckanext.roadmap.loading.publish.decode import Batch

from .base import FileFormat, file_format
from .json_text import objects
from .stream import TextFile


@file_format
class JsonLines(TextFile, FileFormat):
    """Rows that can be read line by line."""

    name, label, mimetype = "jsonl", "JSON Lines", "application/jsonl; charset=utf-8"

    def write(self, batch: Batch) -> None:
        """Adds rows."""
        self.put_lines(objects(batch, self.schema), "\n")
