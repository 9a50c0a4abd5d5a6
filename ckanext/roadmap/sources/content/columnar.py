"""Parquet: its rows, whatever the compression, the groups of rows and the writer."""

from __future__ import annotations

import importlib
import io
from typing import Any

from ckanext.roadmap.domain.content import Content

from .records import records_content

MOST_BYTES = 256 * 2**20


def parquet_content(content: bytes, asked: frozenset[str]) -> Content:
    """The content of a Parquet file.

    :raises ValueError: it can't be read, or is too large
    """
    # Arrow takes long to import, and most looks at files need it not
    arrow = importlib.import_module("ckanext.roadmap.sources.arrow").pa
    parquet: Any = importlib.import_module("pyarrow.parquet")
    try:
        file = parquet.ParquetFile(io.BytesIO(content))
        groups = [file.metadata.row_group(number) for number in range(file.metadata.num_row_groups)]
        if sum(group.total_byte_size for group in groups) > MOST_BYTES:
            raise ValueError
        rows = (row for batch in file.iter_batches(5000) for row in batch.to_pylist())
        return records_content(rows, asked, file.schema_arrow.names)
    except (arrow.ArrowException, OSError, OverflowError) as error:
        raise ValueError from error
