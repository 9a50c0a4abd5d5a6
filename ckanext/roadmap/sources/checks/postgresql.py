"""PostgreSQL: the rights that the account has, whether or not its session may use them."""

from __future__ import annotations

from sqlalchemy.engine import Connection

from .base import Answer, Check, check

POWERS = """
    SELECT p.power, count(*) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    CROSS JOIN unnest(ARRAY['INSERT', 'UPDATE', 'DELETE', 'TRUNCATE']) p(power)
    WHERE c.relkind IN ('r', 'p', 'v', 'f') AND n.nspname NOT IN ('pg_catalog', 'information_schema')
      AND n.nspname !~ '^pg_' AND has_schema_privilege(n.oid, 'USAGE')
      AND has_table_privilege(c.oid, p.power) GROUP BY 1 ORDER BY 1"""
SCHEMAS = """
    SELECT count(*) FROM pg_namespace n WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
      AND has_schema_privilege(n.oid, 'CREATE')"""
ROLE = "SELECT rolsuper, rolcreaterole, rolcreatedb FROM pg_roles WHERE rolname = current_user"


@check
class PostgresqlCheck(Check):
    """By the catalogue, so that rights through other roles and PUBLIC count too."""

    backend = "postgresql"

    def ask(self, connection: Connection) -> Answer:
        """Version, clock, and rights to write in tables and schemas."""
        version = str(connection.exec_driver_sql("SHOW server_version").scalar_one())
        now = connection.exec_driver_sql("SELECT clock_timestamp()").scalar_one()
        names = ("SUPERUSER", "CREATE ROLE", "CREATE DATABASE")
        role = connection.exec_driver_sql(ROLE).one()
        powers = [name for name, has in zip(names, role, strict=True) if has]
        powers += [f"{power} ({count})" for power, count in connection.exec_driver_sql(POWERS)]
        if count := connection.exec_driver_sql(SCHEMAS).scalar_one():
            powers.append(f"CREATE ({count})")
        return Answer(f"PostgreSQL {version.split(maxsplit=1)[0]}", now, tuple(powers))
