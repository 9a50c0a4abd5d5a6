"""COPY out of PostgreSQL: the rows as CSV, in an order that is the same each time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, cast

import psycopg2
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from ckanext.roadmap.sources.database import explain

from .base import extractor
from .pushed import pulled
from .tables import OpenTable, TableExtractor, ordered


class PostgresTable(OpenTable):
    """Read by COPY."""

    def batches(self) -> Iterator[bytes]:
        """What COPY gives, cut at whole records."""
        try:
            yield from pulled(self._push)
        except psycopg2.Error as error:
            raise explain(error, self.url) from None

    def _push(self, write: Callable[[bytes], object]) -> None:
        driver = cast(Any, self.connection.connection.driver_connection)
        with driver.cursor() as cursor:
            cursor.copy_expert(self._statement(), _Sink(write), size=1 << 16)

    def _statement(self) -> str:
        """The select as a COPY; the dialect quotes the names, and there are no values in it."""
        select = ordered(self.source, self.plan, self.types, self._expression, _bytewise)
        text = str(select.compile(dialect=postgresql.dialect(paramstyle="named")))  # others double every %
        return f"COPY ({text}) TO STDOUT WITH (FORMAT csv, ENCODING 'UTF8')"

    def _expression(self, column: sa.Column[Any], kind: str) -> sa.ColumnElement[Any]:
        return sa.cast(column, sa.Text) if kind == "text" else column


@extractor
class PostgresExtractor(TableExtractor):
    """A table or view of a PostgreSQL database."""

    kind = "postgresql"
    schemes = ("postgresql", "postgres")
    table = PostgresTable


def _bytewise(column: sa.ColumnElement[Any]) -> sa.ColumnElement[Any]:
    """Text byte by byte, so that no locale changes the order."""
    return sa.cast(column, sa.Text).collate("C")


class _Sink:
    """What psycopg2 takes for a file."""

    def __init__(self, write: Callable[[bytes], object]) -> None:
        self.write = write
