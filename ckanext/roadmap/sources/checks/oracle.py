"""Oracle Database. Not yet tried against a server."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy.engine import Connection

from .base import Answer, Check, check

HARMLESS = frozenset({"CREATE SESSION", "SELECT ANY TABLE", "READ ANY TABLE", "SELECT ANY DICTIONARY"})
TABLES = """
    SELECT privilege, count(*) FROM (
        SELECT privilege FROM user_tab_privs WHERE grantee = user
        UNION ALL SELECT privilege FROM user_col_privs WHERE grantee = user
        UNION ALL SELECT privilege FROM role_tab_privs
        UNION ALL SELECT 'OWNER' FROM user_tables
    ) found WHERE privilege NOT IN ('SELECT', 'READ') GROUP BY privilege ORDER BY 1"""


@check
class OracleCheck(Check):
    """By the session's privileges, those on tables and columns, and the tables that it owns."""

    backend = "oracle"

    def ask(self, connection: Connection) -> Answer:
        """Version, clock, and every privilege that is more than reading."""
        version = connection.exec_driver_sql("SELECT version FROM product_component_version").scalar()
        now: datetime = connection.exec_driver_sql(
            "SELECT sys_extract_utc(systimestamp) FROM dual"
        ).scalar_one()
        own = connection.exec_driver_sql("SELECT privilege FROM session_privs ORDER BY 1").scalars()
        powers = [str(name) for name in own if name not in HARMLESS]
        powers += [f"{name} ({count})" for name, count in connection.exec_driver_sql(TABLES)]
        return Answer(f"Oracle {version}", now.replace(tzinfo=UTC), tuple(powers))
