"""Types of Oracle and SQL Server whose classes tell less than they hold."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import mssql, oracle
from sqlalchemy.types import TypeEngine

Kind = TypeEngine[Any]
INSTANT = "TIMESTAMP WITH TIME ZONE"


def of_oracle(kind: Kind) -> str | None:
    """All numbers are decimals there, whole ones of up to 38 digits; only binary ones are floating."""
    if isinstance(kind, oracle.BINARY_DOUBLE | oracle.BINARY_FLOAT):
        return "DOUBLE PRECISION"
    if isinstance(kind, sa.types.Numeric | sa.types.Integer):
        return "NUMERIC"
    if isinstance(kind, oracle.TIMESTAMP) and (kind.timezone or kind.local_timezone):
        return INSTANT
    return None


def of_mssql(kind: Kind) -> str | None:
    """Money is a decimal; a moment with its offset is an instant."""
    if isinstance(kind, mssql.MONEY | mssql.SMALLMONEY):
        return "NUMERIC"
    return INSTANT if isinstance(kind, mssql.DATETIMEOFFSET) else None


def as_utc(column: sa.Column[Any]) -> sa.ColumnElement[Any]:
    """An instant in UTC, as a driver gives it that would leave out or refuse its zone; others as they are."""
    if isinstance(column.type, mssql.DATETIMEOFFSET):
        return sa.cast(sa.func.switchoffset(column, "+00:00"), mssql.DATETIME2)
    if isinstance(column.type, oracle.TIMESTAMP) and of_oracle(column.type) == INSTANT:
        return sa.func.sys_extract_utc(column)
    return column
