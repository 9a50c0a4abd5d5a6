"""COPY out of PostgreSQL: the rows as CSV, in an order that is the same each time."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, cast

import psycopg2
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql
from sqlalchemy.engine import Connection

from ckanext.roadmap.sources.database import explain, reading
from ckanext.roadmap.sources.table import SourceTable

from .base import Extract, Extractor, Probe, extractor
from .pushed import pulled
from .tables import column_types, find, ordered, probe_table


@extractor
class PostgresExtractor(Extractor):
    """A table or view of a PostgreSQL database."""

    kind = "postgresql"
    schemes = ("postgresql", "postgres")

    @contextmanager
    def opened(self) -> Generator[Extract]:
        """A read-only snapshot of the database."""
        with reading(self.access.url, self.access.limits) as connection:
            source = find(connection, self.plan)
            with self.access.watch(connection.connection.driver_connection):
                yield PostgresExtract(self, connection, source, column_types(source, self.plan))


@dataclass(frozen=True, slots=True)
class PostgresExtract:
    """The table in the snapshot."""

    extractor: PostgresExtractor
    connection: Connection
    source: SourceTable
    types: tuple[str, ...]

    def probe(self) -> Probe | None:
        """Number of rows, newest watermark and shape, where the mapping names a watermark."""
        return probe_table(self.connection, self.source, self.extractor.plan)

    def batches(self) -> Iterator[bytes]:
        """What COPY gives, cut at whole records."""
        try:
            yield from pulled(self._push)
        except psycopg2.Error as error:
            raise explain(error, self.extractor.access.url) from None

    def _push(self, write: Callable[[bytes], object]) -> None:
        driver = cast(Any, self.connection.connection.driver_connection)
        with driver.cursor() as cursor:
            cursor.copy_expert(self._statement(), _Sink(write), size=1 << 16)

    def _statement(self) -> str:
        """The select as a COPY; the dialect quotes the names, and there are no values in it."""
        select = ordered(self.source, self.extractor.plan, self.types, self._expression, _bytewise)
        text = str(select.compile(dialect=postgresql.dialect(paramstyle="named")))  # others double every %
        return f"COPY ({text}) TO STDOUT WITH (FORMAT csv, ENCODING 'UTF8')"

    def _expression(self, column: sa.Column[Any], kind: str) -> sa.ColumnElement[Any]:
        return sa.cast(column, sa.Text) if kind == "text" else column


def _bytewise(column: sa.ColumnElement[Any]) -> sa.ColumnElement[Any]:
    """Text byte by byte, so that no locale changes the order."""
    return sa.cast(column, sa.Text).collate("C")


class _Sink:
    """What psycopg2 takes for a file."""

    def __init__(self, write: Callable[[bytes], object]) -> None:
        self.write = write
