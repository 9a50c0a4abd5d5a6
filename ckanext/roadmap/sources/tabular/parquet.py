"""Parquet: its own types, column by column."""

from __future__ import annotations

import importlib
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from ckanext.roadmap.sources.arrow import pa
from ckanext.roadmap.sources.places.base import too_large

from .base import Ask, Tabular, table_format, unreadable
from .normal import written

pq: Any = importlib.import_module("pyarrow.parquet")
ROWS = 20_000


class ParquetTable(Tabular):
    """A Parquet file."""

    def __init__(self, file: Any, name: str) -> None:
        self._file, self._name = file, name
        self._schema = file.schema_arrow
        self.header = tuple(self._schema.names)
        self.rows = file.metadata.num_rows

    def types(self, names: Sequence[str]) -> dict[str, str]:
        """As the file declares them."""
        return {name: datastore_type(self._schema.field(name).type) for name in names}

    def columns(self, names: Sequence[str]) -> Iterator[list[Any]]:
        """As texts."""
        try:
            for batch in self._file.iter_batches(ROWS, columns=list(names)):
                yield [_texts(batch.column(name)) for name in names]
        except (pa.ArrowException, OSError) as error:
            raise unreadable("Parquet", self._name, type(error).__name__) from None


@table_format("parquet")
def open_parquet(path: Path, ask: Ask) -> Tabular:
    """A Parquet file, unless it would unpack to more than may be taken."""
    try:
        file = pq.ParquetFile(path)
        groups = range(file.metadata.num_row_groups)
        size = sum(file.metadata.row_group(number).total_byte_size for number in groups)
    except (pa.ArrowException, OSError) as error:
        raise unreadable("Parquet", ask.name, type(error).__name__) from None
    if size > ask.bytes:
        raise too_large(ask.name, ask.bytes)
    return ParquetTable(file, ask.name)


KINDS: tuple[tuple[Any, str], ...] = (
    (pa.types.is_boolean, "bool"),
    (pa.types.is_int8, "int2"), (pa.types.is_uint8, "int2"), (pa.types.is_int16, "int2"),
    (pa.types.is_uint16, "int4"), (pa.types.is_int32, "int4"),
    (pa.types.is_uint32, "int8"), (pa.types.is_int64, "int8"),
    (pa.types.is_uint64, "numeric"), (pa.types.is_decimal, "numeric"),
    (pa.types.is_float16, "float4"), (pa.types.is_float32, "float4"), (pa.types.is_float64, "float8"),
    (pa.types.is_date, "date"), (pa.types.is_time, "time"),
    (pa.types.is_nested, "jsonb"),
)  # fmt: skip


def datastore_type(kind: Any) -> str:
    """The DataStore's type that keeps an Arrow type without loss."""
    if pa.types.is_dictionary(kind):
        return datastore_type(kind.value_type)
    if pa.types.is_timestamp(kind):
        return "timestamptz" if kind.tz else "timestamp"
    return next((name for is_kind, name in KINDS if is_kind(kind)), "text")


def _texts(column: Any) -> Any:
    kind = column.type
    if pa.types.is_nested(kind):
        cells = [None if value is None else _json(value) for value in column.to_pylist()]
        return pa.array(cells, pa.string())
    if pa.types.is_binary(kind) or pa.types.is_large_binary(kind):
        return pa.array([None if value is None else value.hex() for value in column.to_pylist()], pa.string())
    return column.cast(pa.string())


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=written)
