"""Tables and views of a source by its catalogue: names are matched exactly, never pasted into SQL."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection
from sqlalchemy.exc import NoSuchTableError

from .errors import ColumnMissingError, TableMissingError
from .source_types import type_name

BARE = ("sqlite", "mysql", "mariadb")
"""Databases whose connection names the schema already; what a mapping says of it is for the others."""


@dataclass(frozen=True, slots=True)
class SourceTable:
    """A table or view as its catalogue describes it."""

    schema: str
    name: str
    table: sa.Table
    database: str = "postgresql"

    @property
    def columns(self) -> dict[str, str]:
        """Names of the columns and their types in the source's words."""
        return {column.name: type_name(column.type, self.database) for column in self.table.columns}

    @property
    def fingerprint(self) -> str:
        """SHA-256 of names and types in their order: changes when the table's shape does."""
        shape = "\n".join(f"{name}\t{kind}" for name, kind in self.columns.items())
        return hashlib.sha256(shape.encode()).hexdigest()

    def require(self, names: Sequence[str]) -> None:
        """Raises when the table lacks a column of that exact name."""
        missing = tuple(name for name in names if name not in self.table.columns)
        if missing:
            raise ColumnMissingError(self.schema, self.name, missing)


@dataclass(frozen=True, slots=True)
class Probe:
    """What can be told of a table without reading its rows."""

    rows: int
    watermark: str | None
    fingerprint: str


READABLE = """
    SELECT attname FROM pg_catalog.pg_attribute WHERE attrelid = to_regclass(:name) AND attnum > 0
        AND has_column_privilege(attrelid, attnum, 'SELECT')"""


def reflect(connection: Connection, schema: str, name: str) -> SourceTable:
    """The table or view of exactly that name."""
    database = connection.dialect.name
    inside = None if database in BARE else schema
    inspector = sa.inspect(connection)
    if name not in {*inspector.get_table_names(inside), *inspector.get_view_names(inside)} and (
        database in BARE or not inspector.has_table(name, schema=inside)
    ):
        raise TableMissingError(schema, name)
    try:
        table = sa.Table(name, sa.MetaData(), schema=inside, autoload_with=connection, resolve_fks=False)
    except NoSuchTableError:
        raise TableMissingError(schema, name) from None
    return SourceTable(schema, name, table, database)


def readable(connection: Connection, source: SourceTable) -> set[str]:
    """The columns that the account may read; other databases than PostgreSQL describe no others."""
    if source.database != "postgresql":
        return set(source.columns)
    name = connection.dialect.identifier_preparer.format_table(source.table)
    return set(connection.scalars(sa.text(READABLE), {"name": name}))


def probe(connection: Connection, source: SourceTable, watermark: str | None) -> Probe:
    """Number of rows, greatest watermark (if one is named) and the shape."""
    measures: list[sa.ColumnElement[Any]] = [sa.func.count().label("rows")]
    if watermark:
        source.require([watermark])
        measures.append(sa.func.max(source.table.columns[watermark]))
    row = connection.execute(sa.select(*measures).select_from(source.table)).one()
    newest = str(row[1]) if watermark and row[1] is not None else None
    return Probe(rows=row[0], watermark=newest, fingerprint=source.fingerprint)
