"""CSV by RFC 4180: UTF-8, a heading, nothing where a value is missing and `""` for an empty text."""

from __future__ import annotations

from pathlib import Path

from ckanext.roadmap.loading.publish.arrow import Column, pa, pc
from ckanext.roadmap.loading.publish.decode import Batch, Schema

from .base import FileFormat, file_format
from .stream import TextFile

SPECIAL = r'^$|[",\r\n]'


@file_format
class Csv(TextFile, FileFormat):
    """Rows as everything reads them; a run has it from its stream already, byte by byte."""

    name, label, mimetype = "csv", "CSV", "text/csv; charset=utf-8"

    def __init__(self, path: Path, schema: Schema) -> None:
        super().__init__(path, schema)
        names = [pa.array([name], pa.string()) for name in schema.names]
        self.put_lines(pc.binary_join_element_wise(*map(_field, names), ","), "\r\n")

    def write(self, batch: Batch) -> None:
        """Adds rows."""
        self.put_lines(pc.binary_join_element_wise(*map(_field, batch.texts), ","), "\r\n")


def _field(text: Column) -> Column:
    inside = pc.binary_join_element_wise('"', pc.replace_substring(text, '"', '""'), '"', "")
    return pc.fill_null(pc.if_else(pc.match_substring_regex(text, SPECIAL), inside, text), "")
