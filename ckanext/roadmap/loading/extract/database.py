"""Any database that SQLAlchemy speaks to: streamed by a cursor of its own, a few thousand rows at a time."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import SQLAlchemyError

from ckanext.roadmap.sources.database import explain
from ckanext.roadmap.sources.foreign_types import as_utc

from .base import extractor
from .pushed import ahead
from .records import encode_all
from .tables import OpenTable, TableExtractor, ordered

ROWS = 2000


class DatabaseTable(OpenTable):
    """Read by a cursor of its driver."""

    def batches(self) -> Iterator[bytes]:
        """The rows by the driver's own values; a decimal never passes through a float."""
        select = ordered(self.source, self.plan, self.types, _plain, _plain_order)
        try:
            streamed = self.connection.execution_options(stream_results=True, max_row_buffer=ROWS)
            # the size stands here too: without it partitions() would take all rows into memory
            with streamed.execute(select) as result, closing(ahead(result.partitions(ROWS))) as parts:
                yield from encode_all(parts)
        except SQLAlchemyError as error:
            raise explain(error, self.url) from None


@extractor
class DatabaseExtractor(TableExtractor):
    """A table or view of any database that has a driver."""

    kind = "database"
    schemes = ("sqlite", "mysql", "mariadb", "oracle", "mssql")
    table = DatabaseTable


def _plain(column: sa.Column[Any], _kind: str) -> sa.ColumnElement[Any]:
    """The driver's value untouched: what SQLAlchemy makes of it may have passed through a float."""
    return sa.type_coerce(as_utc(column), sa.types.NullType())


def _plain_order(column: sa.ColumnElement[Any]) -> sa.ColumnElement[Any]:
    return column
