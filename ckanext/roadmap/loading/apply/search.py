"""Full text later: search vectors of a table that is live already, in small steps.

Each step is a transaction of its own and finds by itself what is left, so a killed worker loses one step at
most. Readers see the rows all the time; each row is found from the step on that gives it its vector.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from functools import partial
from typing import Any, NamedTuple

from psycopg2 import sql
from psycopg2.extensions import connection as Connection  # noqa: N812

from ckanext.roadmap.loading.datastore import index_name, live, live_oid, locked, one, open_datastore, quoted
from ckanext.roadmap.loading.plan import FullText, Target

from .commit import attempts
from .diff import table_columns
from .gin import gin_memory
from .triggers import silent
from .vector import vector

STEP = 20_000
INVALID = "SELECT 1 FROM pg_index WHERE indexrelid = to_regclass(%s) AND NOT indisvalid"


def make_searchable(target: Target, resource_id: str, tell: Callable[[int], None], step: int = STEP) -> int:
    """Gives every row without a search vector one, then indexes them.

    :param tell: is told how many rows have got theirs
    :returns: how many rows got one
    :raises BusyError: a load of the resource runs; what is left is done another time
    """
    done = after = 0
    with closing(open_datastore(target.url)) as store:
        while True:
            with locked(store, resource_id):
                filled = attempts(
                    store, target, partial(_fill, resource_id=resource_id, after=after, step=step)
                )
            if filled is not None:
                after, done = filled.last, done + filled.rows
                tell(done)
            elif after:
                after = 0  # what came or was exchanged meanwhile
            else:
                break
        with locked(store, resource_id):
            _index(store, resource_id, done)
    return done


class _Filled(NamedTuple):
    """One step."""

    last: int
    rows: int


def _fill(cursor: Any, resource_id: str, after: int, step: int) -> _Filled | None:
    """One step behind *after*; None: no row is left there."""
    table = live(resource_id)
    oid = live_oid(cursor, resource_id)
    if oid is None:
        return None
    cursor.execute(
        sql.SQL("SELECT min(_id) FROM {} WHERE _full_text IS NULL AND _id > %s").format(table), (after,)
    )
    first = one(cursor)[0]
    if first is None:
        return None
    with silent(cursor, table, oid):
        cursor.execute(
            sql.SQL(
                "UPDATE {} t SET _full_text = {} WHERE _id >= %s AND _id < %s AND _full_text IS NULL"
            ).format(table, vector(FullText.LATER, table_columns(cursor, table), "t")),
            (first, first + step),
        )
        return _Filled(first + step - 1, cursor.rowcount)


def _index(store: Connection, resource_id: str, filled: int) -> None:
    """Without stopping writers; one that a crash left half-made is made anew."""
    name = index_name(resource_id, quoted("_full_text"))
    identifier = sql.Identifier("public", name)
    store.commit()
    store.autocommit = True
    try:
        with store.cursor() as cursor:
            if live_oid(cursor, resource_id) is None:
                return
            cursor.execute(INVALID, (identifier.as_string(cursor),))
            if cursor.fetchone():
                cursor.execute(sql.SQL("DROP INDEX {}").format(identifier))
            with gin_memory(cursor, live(resource_id)):
                cursor.execute(
                    sql.SQL("CREATE INDEX CONCURRENTLY IF NOT EXISTS {} ON {} USING gin (_full_text)").format(
                        sql.Identifier(name), live(resource_id)
                    )
                )
            if filled:
                cursor.execute(sql.SQL("VACUUM ANALYZE {}").format(live(resource_id)))
    finally:
        store.autocommit = False
