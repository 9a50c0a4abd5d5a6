"""What a database lets its reader see: tables and views by name, never a row of them."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.engine import Connection

MOST = 2000
_INFORMATION = """
SELECT {schema}, table_name, CASE WHEN table_type LIKE '%VIEW%' THEN 'view' ELSE 'table' END
FROM information_schema.tables WHERE {own} ORDER BY 1, 2
"""
QUERIES = {
    "postgresql": """
        SELECT n.nspname, c.relname, CASE WHEN c.relkind IN ('v', 'm') THEN 'view' ELSE 'table' END
        FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
        WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND NOT c.relispartition
            AND n.nspname NOT LIKE 'pg\\_%' AND n.nspname <> 'information_schema'
            AND has_schema_privilege(n.oid, 'USAGE') AND has_any_column_privilege(c.oid, 'SELECT')
        ORDER BY 1, 2
    """,
    "mysql": _INFORMATION.format(schema="''", own="table_schema = DATABASE()"),
    "mariadb": _INFORMATION.format(schema="''", own="table_schema = DATABASE()"),
    "mssql": _INFORMATION.format(
        schema="table_schema", own="table_schema NOT IN ('sys', 'INFORMATION_SCHEMA')"
    ),
    "sqlite": """
        SELECT '', name, type FROM sqlite_master
        WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY 2
    """,
    "oracle": """
        SELECT owner, object_name, LOWER(object_type) FROM all_objects
        WHERE object_type IN ('TABLE', 'VIEW')
            AND owner NOT IN (SELECT username FROM all_users WHERE oracle_maintained = 'Y')
        ORDER BY 1, 2
    """,
}
"""Each answers with schema, name and kind of what can be read; no schema: the connection names it."""


@dataclass(frozen=True, slots=True)
class Offered:
    """Something that a mapping may name.

    :ivar kind: table, view or file
    """

    schema: str
    name: str
    kind: str


def offered(connection: Connection) -> list[Offered]:
    """The first tables and views, by schema and name."""
    rows = connection.execute(sa.text(QUERIES[connection.dialect.name])).fetchmany(MOST)
    return [Offered(_name(connection, schema), _name(connection, name), kind) for schema, name, kind in rows]


def _name(connection: Connection, name: str) -> str:
    """As SQLAlchemy spells it: what Oracle keeps in capitals is small there."""
    if connection.dialect.name != "oracle":
        return name
    return str(connection.dialect.normalize_name(name))
