"""COPY out of PostgreSQL: the rows as CSV, in an order that is the same each time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql
from sqlalchemy.engine import Connection

from ckanext.roadmap.loading.plan import ColumnPlan, LoadPlan
from ckanext.roadmap.sources.table import SourceTable, reflect

from .types import datastore_type

ORDERED_AS_IS = ("int2", "int4", "int8", "numeric", "date", "timestamp", "timestamptz", "bool")


@dataclass(frozen=True, slots=True)
class Extract:
    """A statement that reads a table, and the types its columns get here."""

    statement: str
    types: tuple[str, ...]


def prepare(connection: Connection, plan: LoadPlan) -> Extract:
    """Matches the plan with the source's catalogue; raises when a column is gone."""
    source = reflect(connection, plan.schema, plan.table)
    source.require([column.source for column in plan.columns])
    kinds = source.columns
    types = tuple(datastore_type(kinds[column.source], column.type) for column in plan.columns)
    return Extract(_copy(_select(source, plan, types)), types)


def extract(connection: Connection, prepared: Extract, write: Callable[[bytes], object]) -> None:
    """Runs the statement; *write* gets the bytes as they come."""
    driver: Any = connection.connection.driver_connection
    with driver.cursor() as cursor:
        cursor.copy_expert(prepared.statement, _Sink(write), size=1 << 16)


def _select(source: SourceTable, plan: LoadPlan, types: tuple[str, ...]) -> sa.Select[Any]:
    chosen = [_expression(source, column, kind) for column, kind in zip(plan.columns, types, strict=True)]
    return sa.select(*chosen).select_from(source.table).order_by(*_order(source, plan, types))


def _expression(source: SourceTable, column: ColumnPlan, kind: str) -> sa.ColumnElement[Any]:
    found = source.table.columns[column.source]
    return sa.cast(found, sa.Text).label(column.name) if kind == "text" else found.label(column.name)


def _order(source: SourceTable, plan: LoadPlan, types: tuple[str, ...]) -> list[sa.ColumnElement[Any]]:
    """By the key, else by every column; text byte by byte, so that no locale changes the order."""
    kinds = dict(zip(plan.names, types, strict=True))
    order: list[sa.ColumnElement[Any]] = []
    for name in plan.key or plan.names:
        found = source.table.columns[plan.source_name(name)]
        as_is = kinds[name] in ORDERED_AS_IS and not isinstance(found.type, sa.types.String)
        order.append(found.asc() if as_is else sa.cast(found, sa.Text).collate("C").asc())
    return order


def _copy(select: sa.Select[Any]) -> str:
    """The select as a COPY; the dialect quotes the names, and there are no values in it."""
    text = str(select.compile(dialect=postgresql.dialect(paramstyle="named")))  # others double every %
    return f"COPY ({text}) TO STDOUT WITH (FORMAT csv, ENCODING 'UTF8')"


class _Sink:
    """What psycopg2 takes for a file."""

    def __init__(self, write: Callable[[bytes], object]) -> None:
        self.write = write
