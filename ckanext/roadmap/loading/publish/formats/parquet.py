"""Parquet: typed, compressed with Zstandard."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ckanext.roadmap.loading.publish.arrow import pa, pq
from ckanext.roadmap.loading.publish.decode import Batch, Schema

from .base import FileFormat, file_format

GROUP = 1 << 17


@file_format
class Parquet(FileFormat):
    """Rows as analysts read them: exact decimals, dates, instants with their zone."""

    name, label, mimetype = "parquet", "Parquet", "application/vnd.apache.parquet"

    def __init__(self, path: Path, schema: Schema) -> None:
        super().__init__(path, schema)
        self._writer = pq.ParquetWriter(path, schema.arrow, compression="zstd", version="2.6")
        self._waiting: list[Any] = []
        self._rows = 0

    def write(self, batch: Batch) -> None:
        """Adds rows; they are written in groups of a size that readers like."""
        self._waiting.append(pa.record_batch(list(batch.values), schema=self.schema.arrow))
        self._rows += batch.rows
        if self._rows >= GROUP:
            self._flush()

    def close(self) -> None:
        """Ends the file."""
        self._flush()
        self._writer.close()

    def abandon(self) -> None:
        """Lets it go."""
        self._writer.close()

    def _flush(self) -> None:
        if self._waiting:
            self._writer.write_table(pa.Table.from_batches(self._waiting, self.schema.arrow))
        self._waiting, self._rows = [], 0
