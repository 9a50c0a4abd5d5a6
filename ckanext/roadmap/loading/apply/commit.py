"""The transaction that changes a live table."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any, TypeVar

from psycopg2 import errors, sql
from psycopg2.extensions import connection as Connection  # noqa: N812

from ckanext.roadmap.loading.datastore import one
from ckanext.roadmap.loading.plan import Target

from .errors import ApplyError

SHORTEST_MS, PAUSE, LONGEST_PAUSE = 40, 0.1, 2.0
Result = TypeVar("Result")


def forget_row_count(cursor: Any, resource_id: str) -> None:
    """CKAN counts anew at the next search; its own helper would commit."""
    cursor.execute("SELECT to_regclass('public._table_stats')")
    if one(cursor)[0]:
        cursor.execute("DELETE FROM public._table_stats WHERE resource_id = %s", (resource_id,))


def analyze(connection: Connection, table: sql.Identifier) -> None:
    """Tells the planner of the new rows, once they are seen."""
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL("ANALYZE {}").format(table))
    connection.commit()


def attempts(connection: Connection, target: Target, work: Callable[[Any], Result]) -> Result:
    """Does *work* in one transaction, again and again until it gets its locks.

    Whoever waits for a table makes all readers behind him wait too: so the first attempts are short, and
    only a table that is never free is waited for longer.

    :param work: what to do, given a cursor
    """
    for attempt in range(target.lock_attempts):
        try:
            with connection.cursor() as cursor:
                patience = min(target.lock_timeout_ms, SHORTEST_MS << (attempt // 5))
                cursor.execute("SELECT set_config('lock_timeout', %s, true)", (f"{patience}ms",))
                cursor.execute(
                    "SET LOCAL synchronous_commit TO DEFAULT"
                )  # staging does not wait for the disk
                result = work(cursor)
            connection.commit()
        except (errors.LockNotAvailable, errors.DeadlockDetected):
            connection.rollback()
            time.sleep(min(PAUSE * (attempt + 1), LONGEST_PAUSE))
        else:
            return result
    raise ApplyError(
        "table_locked",
        "The table could not be exchanged: another transaction holds it.",
        "The load is tried again by itself; look for a long-running query on the DataStore.",
    )
