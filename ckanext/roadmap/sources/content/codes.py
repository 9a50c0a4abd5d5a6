"""The codes in one column of a table of the DataStore, counted in one look."""

from __future__ import annotations

from dataclasses import dataclass

from psycopg2 import errors, sql
from psycopg2.extensions import connection as Connection  # noqa: N812

SECONDS, MOST = 5, 50_000


@dataclass(frozen=True, slots=True)
class Codes:
    """What was found: `read` with the rows of each code ("" for an empty cell), or why there is nothing.

    Other outcomes: `no_table`, `no_column`, `too_many` (more than `MOST` different values), `too_slow`.
    """

    outcome: str
    rows: dict[str, int]


def count_codes(connection: Connection, table: str, column: str) -> Codes:
    """Count the rows of each code; a table that takes longer than `SECONDS` is left alone."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL statement_timeout = %s", (SECONDS * 1000,))
            cursor.execute(_counted(table, column))
            found = cursor.fetchall()
    except (errors.UndefinedTable, errors.InsufficientPrivilege):
        return Codes("no_table", {})
    except errors.UndefinedColumn:
        return Codes("no_column", {})
    except (errors.QueryCanceled, errors.LockNotAvailable):
        return Codes("too_slow", {})
    finally:
        connection.rollback()
    return Codes("too_many", {}) if len(found) > MOST else Codes("read", dict(found))


def _counted(table: str, column: str) -> sql.Composed:
    return sql.SQL(
        "SELECT coalesce(btrim({}::text), ''), count(*) FROM {} GROUP BY 1 ORDER BY 1 LIMIT {}"
    ).format(sql.Identifier(column), sql.Identifier("public", table), sql.Literal(MOST + 1))
