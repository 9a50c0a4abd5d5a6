"""JSON of a declared table: the columns of the CSV file with their own types, one object a row."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from .tables import Row, Table


def lines(table: Table, rows: Iterable[Row]) -> Iterator[str]:
    """The file in pieces: an array of objects."""
    columns = table.file_columns
    before = "["
    for row in rows:
        record = {column.key: column.value(row) for column in columns}
        yield before + "\n" + json.dumps(record, ensure_ascii=False)
        before = ","
    yield "[]\n" if before == "[" else "\n]\n"
