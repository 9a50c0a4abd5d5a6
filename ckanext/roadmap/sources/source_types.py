"""The type of a source's column, in PostgreSQL's words, whichever database it comes from."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import mysql, postgresql
from sqlalchemy.types import TypeEngine

from .foreign_types import of_mssql, of_oracle

Kind = TypeEngine[Any]
POSTGRES = postgresql.dialect()

STANDARD: tuple[tuple[type[TypeEngine[Any]], str], ...] = (
    (sa.types.Boolean, "BOOLEAN"),
    (sa.types.SmallInteger, "SMALLINT"),
    (sa.types.BigInteger, "BIGINT"),
    (sa.types.Integer, "INTEGER"),
    (sa.types.Double, "DOUBLE PRECISION"),
    (sa.types.Float, "DOUBLE PRECISION"),
    (sa.types.Numeric, "NUMERIC"),
    (sa.types.Date, "DATE"),
    (sa.types.JSON, "JSON"),
)


def type_name(kind: Kind, database: str) -> str:
    """What the column holds: a name that loses nothing, TEXT where there is no exact one."""
    if isinstance(kind, sa.types.NullType):
        return "unknown"
    if database == "postgresql":
        return kind.compile(dialect=POSTGRES)
    if (others := OTHERS.get(database)) and (own := others(kind)):
        return own
    if database == "sqlite" and isinstance(kind, sa.types.Integer):
        return "BIGINT"  # whatever its name, it has 64 bits there
    if isinstance(kind, sa.types.DateTime):
        return f"TIMESTAMP WITH{'' if kind.timezone else 'OUT'} TIME ZONE"
    return next((name for standard, name in STANDARD if isinstance(kind, standard)), "TEXT")


def _mysql(kind: Kind) -> str | None:
    """What MySQL has more of: numbers without sign, years, instants."""
    unsigned = bool(getattr(kind, "unsigned", False))
    if isinstance(kind, mysql.YEAR | mysql.TINYINT):
        return "SMALLINT"
    if isinstance(kind, mysql.TIMESTAMP):
        return "TIMESTAMP WITH TIME ZONE"
    if isinstance(kind, sa.types.BigInteger):
        return "NUMERIC" if unsigned else "BIGINT"
    if isinstance(kind, sa.types.SmallInteger):
        return "INTEGER" if unsigned else "SMALLINT"
    if isinstance(kind, sa.types.Integer):
        return "BIGINT" if unsigned else "INTEGER"
    return None


OTHERS: dict[str, Callable[[Kind], str | None]] = {
    "mysql": _mysql, "mariadb": _mysql, "oracle": of_oracle, "mssql": of_mssql,
}  # fmt: skip
