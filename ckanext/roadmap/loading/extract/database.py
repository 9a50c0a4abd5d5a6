"""Any database that SQLAlchemy speaks to: streamed by a cursor of its own, a few thousand rows at a time."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection
from sqlalchemy.exc import SQLAlchemyError

from ckanext.roadmap.sources.database import explain, reading
from ckanext.roadmap.sources.table import SourceTable

from .base import Extract, Extractor, Probe, extractor
from .records import encode_all
from .tables import column_types, find, ordered, probe_table

ROWS = 5000


@extractor
class DatabaseExtractor(Extractor):
    """A table or view of any database that has a driver."""

    kind = "database"
    schemes = ("sqlite", "mysql", "mariadb", "oracle", "mssql")

    @contextmanager
    def opened(self) -> Generator[Extract]:
        """A read-only snapshot, as far as the database has one."""
        with reading(self.access.url, self.access.limits) as connection:
            source = find(connection, self.plan)
            with self.access.watch(connection.connection.driver_connection):
                yield DatabaseExtract(self, connection, source, column_types(source, self.plan))


@dataclass(frozen=True, slots=True)
class DatabaseExtract:
    """The table in the snapshot."""

    extractor: DatabaseExtractor
    connection: Connection
    source: SourceTable
    types: tuple[str, ...]

    def probe(self) -> Probe | None:
        """Number of rows, newest watermark and shape, where the mapping names a watermark."""
        return probe_table(self.connection, self.source, self.extractor.plan)

    def batches(self) -> Iterator[bytes]:
        """The rows by the driver's own values; a decimal never passes through a float."""
        select = ordered(self.source, self.extractor.plan, self.types, _plain, _plain_order)
        try:
            streamed = self.connection.execution_options(stream_results=True, max_row_buffer=ROWS)
            with streamed.execute(select) as result:
                # the size stands here too: without it partitions() would take all rows into memory
                yield from encode_all(result.partitions(ROWS))
        except SQLAlchemyError as error:
            raise explain(error, self.extractor.access.url) from None


def _plain(column: sa.Column[Any], _kind: str) -> sa.ColumnElement[Any]:
    """The driver's value untouched: what SQLAlchemy makes of it may have passed through a float."""
    return sa.type_coerce(column, sa.types.NullType())


def _plain_order(column: sa.ColumnElement[Any]) -> sa.ColumnElement[Any]:
    return column
