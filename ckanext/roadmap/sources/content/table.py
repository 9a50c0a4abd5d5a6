"""A table of the DataStore, read in pieces."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, cast

from psycopg2 import sql
from psycopg2.extensions import connection as Connection  # noqa: N812

from ckanext.roadmap.domain.content import Content, Fingerprint

_PIECE = 5000
_OWN = ("_id", "_full_text")


def measure_table(connection: Connection, table: str, asked: Iterable[str] = ()) -> Content | None:
    """Measure a table as readers see it, in one snapshot.

    :returns: None: there is no such table
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('TimeZone', 'UTC', true)")
        cursor.execute(
            "SELECT attname FROM pg_attribute WHERE attrelid = to_regclass(%s) AND attnum > 0 "
            "AND NOT attisdropped AND attname <> ALL(%s) ORDER BY attnum",
            (sql.Identifier("public", table).as_string(cursor), list(_OWN)),
        )
        names = [name for (name,) in cursor.fetchall()]
    if not names:
        connection.rollback()
        return None
    taken = Fingerprint(names, asked)
    with connection.cursor(name="roadmap_measure") as reading:
        reading.itersize = _PIECE
        fields = sql.SQL(", ").join(map(sql.Identifier, names))
        reading.execute(sql.SQL("SELECT {} FROM {}").format(fields, sql.Identifier("public", table)))
        for row in reading:
            taken.add([_written(value) for value in row])
    connection.rollback()
    return taken.content()


def _written(value: Any) -> object:
    """JSON and arrays come as Python's own; one spelling serves."""
    return repr(cast("object", value)) if isinstance(value, dict | list) else value
