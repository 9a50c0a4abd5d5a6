"""SQL Server. Not yet tried against a server."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy.engine import Connection

from .base import Answer, Check, check

HARMLESS = frozenset({"CONNECT", "SELECT", "VIEW DEFINITION", "VIEW ANY COLUMN MASTER KEY DEFINITION",
                      "VIEW ANY COLUMN ENCRYPTION KEY DEFINITION"})  # fmt: skip

TABLES = """
    SELECT asked.power, count(*) FROM sys.objects AS o
    CROSS JOIN (VALUES ('INSERT'), ('UPDATE'), ('DELETE'), ('ALTER')) AS asked (power)
    WHERE o.type IN ('U', 'V') AND o.is_ms_shipped = 0 AND HAS_PERMS_BY_NAME(
        QUOTENAME(SCHEMA_NAME(o.schema_id)) + '.' + QUOTENAME(o.name), 'OBJECT', asked.power) = 1
    GROUP BY asked.power ORDER BY 1"""


@check
class MssqlCheck(Check):
    """By the effective permissions on the database, and on each of its tables and views."""

    backend = "mssql"

    def ask(self, connection: Connection) -> Answer:
        """Version, clock, and every permission that is more than reading."""
        version = connection.exec_driver_sql(
            "SELECT CAST(SERVERPROPERTY('ProductVersion') AS varchar)"
        ).scalar()
        now: datetime = connection.exec_driver_sql("SELECT CAST(SYSUTCDATETIME() AS datetime)").scalar_one()
        own = connection.exec_driver_sql(
            "SELECT permission_name FROM fn_my_permissions(NULL, 'DATABASE')"
        ).scalars()
        powers = sorted({str(name) for name in own} - HARMLESS)
        powers += [f"{name} ({count})" for name, count in connection.exec_driver_sql(TABLES)]
        return Answer(f"SQL Server {version}", now.replace(tzinfo=UTC), tuple(powers))
