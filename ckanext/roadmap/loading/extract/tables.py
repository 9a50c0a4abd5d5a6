"""What all extractors of database tables share: opening, matching, types, order and the probe."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from ckanext.roadmap.loading.plan import LoadPlan, SourceAccess
from ckanext.roadmap.sources.catalogue import Offered, offered
from ckanext.roadmap.sources.checks import look_at
from ckanext.roadmap.sources.database import reading
from ckanext.roadmap.sources.look import Clock, Look
from ckanext.roadmap.sources.table import SourceTable, probe, reflect

from .base import Extract, Extractor, Probe
from .types import datastore_type

ORDERED_AS_IS = ("int2", "int4", "int8", "numeric", "date", "timestamp", "timestamptz", "bool")

Express = Callable[[sa.Column[Any], str], sa.ColumnElement[Any]]
Order = Callable[[sa.ColumnElement[Any]], sa.ColumnElement[Any]]


@dataclass(frozen=True, slots=True)
class OpenTable(ABC):
    """A table in a snapshot of its database."""

    plan: LoadPlan
    url: str
    connection: Connection
    source: SourceTable

    @property
    def types(self) -> tuple[str, ...]:
        """The DataStore's types of the plan's columns."""
        kinds = self.source.columns
        return tuple(datastore_type(kinds[column.source], column.type) for column in self.plan.columns)

    def probe(self) -> Probe | None:
        """Number of rows, newest watermark and shape; without a watermark a changed value would go unseen."""
        if not self.plan.watermark_column:
            return None
        watermark = self.plan.source_name(self.plan.watermark_column)
        found = probe(self.connection, self.source, watermark)
        return {"rows": found.rows, "watermark": found.watermark, "shape": found.fingerprint}

    @abstractmethod
    def batches(self) -> Iterator[bytes]:
        """The rows."""


class TableExtractor(Extractor):
    """A table or view of a database; *table* reads its rows."""

    table: type[OpenTable]

    def offered(self) -> list[Offered] | None:
        """Tables and views that the account may read."""
        with reading(self.access.url, self.access.limits) as connection:
            driver: Any = connection.connection.driver_connection
            with self.access.watch(driver):
                return offered(connection)

    @classmethod
    def look(cls, access: SourceAccess, table: str, clock: Clock) -> Look:
        """By the catalogue of the database: what the account may do, beside version and clock."""
        return look_at(access.url, access.limits, clock)

    @contextmanager
    def opened(self) -> Generator[Extract]:
        """A read-only snapshot, as far as the database has one."""
        with reading(self.access.url, self.access.limits) as connection:
            source = find(connection, self.plan)
            with self.access.watch(connection.connection.driver_connection):
                yield self.table(self.plan, self.access.url, connection, source)


def find(connection: Connection, plan: LoadPlan) -> SourceTable:
    """The plan's table by the source's catalogue; raises when it or a column is gone."""
    source = reflect(connection, plan.schema, plan.table)
    source.require([column.source for column in plan.columns])
    return source


def ordered(
    source: SourceTable, plan: LoadPlan, types: tuple[str, ...], express: Express, text_order: Order
) -> sa.Select[Any]:
    """The plan's columns, by the key, else by every column."""
    kinds = dict(zip(plan.names, types, strict=True))
    chosen = [
        express(source.table.columns[column.source], kinds[column.name]).label(column.name)
        for column in plan.columns
    ]
    order: list[sa.ColumnElement[Any]] = []
    for name in plan.key or plan.names:
        found = source.table.columns[plan.source_name(name)]
        as_is = kinds[name] in ORDERED_AS_IS and not isinstance(found.type, sa.types.String)
        order.append(found.asc() if as_is else text_order(found).asc())
    return sa.select(*chosen).select_from(source.table).order_by(*order)
