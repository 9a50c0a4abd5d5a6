"""SQL Server. Not yet tried against a server."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy.engine import Connection

from .base import Answer, Check, check

HARMLESS = frozenset({"CONNECT", "SELECT", "VIEW DEFINITION", "VIEW ANY COLUMN MASTER KEY DEFINITION",
                      "VIEW ANY COLUMN ENCRYPTION KEY DEFINITION"})  # fmt: skip


@check
class MssqlCheck(Check):
    """By the effective permissions on the database."""

    backend = "mssql"

    def ask(self, connection: Connection) -> Answer:
        """Version, clock, and every permission that is more than reading."""
        version = connection.exec_driver_sql(
            "SELECT CAST(SERVERPROPERTY('ProductVersion') AS varchar)"
        ).scalar()
        now: datetime = connection.exec_driver_sql("SELECT SYSUTCDATETIME()").scalar_one()
        own = connection.exec_driver_sql(
            "SELECT permission_name FROM fn_my_permissions(NULL, 'DATABASE')"
        ).scalars()
        powers = sorted({str(name) for name in own} - HARMLESS)
        return Answer(f"SQL Server {version}", now.replace(tzinfo=UTC), tuple(powers))
