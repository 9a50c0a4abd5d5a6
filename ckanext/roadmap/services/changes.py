"""The change log of a table, page by page: rows added, changed or removed since a run or a time."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from psycopg2 import sql
from sqlalchemy.orm import Session

from ckanext.roadmap.loading.datastore import one, open_datastore
from ckanext.roadmap.loading.publish.changes import TABLE
from ckanext.roadmap.model.run import Run
from ckanext.roadmap.services import versions


def runs_since(
    session: Session, resource_id: str, after: Run | None, since: datetime | None, until: datetime | None
) -> list[Run]:
    """The runs that changed a table, oldest first, after a run or from a time on.

    What a takedown's cleaning removed is left out, with all before it.
    """
    query = sa.select(Run).where(
        Run.resource_id == resource_id, Run.outcome == "applied", Run.published_at.is_not(None)
    )
    if after is not None:
        query = query.where(Run.published_at > after.published_at)
    if since is not None:
        query = query.where(Run.published_at >= since)
    if until is not None:
        query = query.where(Run.published_at < until)
    if clean := versions.clean_since(session, resource_id):
        query = query.where(Run.published_at > clean)
    return list(session.scalars(query.order_by(Run.published_at, Run.id)))


def rows(url: str, run_ids: Sequence[str], after: int, limit: int) -> list[dict[str, Any]]:
    """Rows of these runs in the order in which they went live, after a place in the log.

    :param url: the DataStore
    """
    if not run_ids:
        return []
    with closing(open_datastore(url, read_only=True)) as store, store.cursor() as cursor:
        if not _is_there(cursor):
            return []
        cursor.execute(
            sql.SQL(
                "SELECT seq, run_id, kind, key, before, after FROM {} WHERE run_id = ANY(%s) AND seq > %s"
                " ORDER BY seq LIMIT %s"
            ).format(TABLE),
            (list(run_ids), after, limit),
        )
        names = ("place", "run", "kind", "key", "before", "after")
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def forget(url: str, run_ids: Sequence[str]) -> int:
    """Takes the rows of these runs out of the log; their counts stay in the ledger.

    :returns: how many rows
    """
    with closing(open_datastore(url)) as store, store, store.cursor() as cursor:
        if not run_ids or not _is_there(cursor):
            return 0
        cursor.execute(sql.SQL("DELETE FROM {} WHERE run_id = ANY(%s)").format(TABLE), (list(run_ids),))
        return cursor.rowcount


def summary(run: Run) -> dict[str, Any]:
    """What a run changed, in counts, and whether the log has its rows."""
    told = run.changes or {"kept": False, "reason": "before"}
    return {
        "run": run.id,
        "published_at": run.published_at.isoformat() if run.published_at else None,
        "added": run.rows_inserted,
        "changed": run.rows_updated,
        "removed": run.rows_deleted,
        "kept": told["kept"],
        "reason": told.get("reason"),
        "columns_added": told.get("columns_added", []),
        "columns_removed": told.get("columns_removed", []),
    }


def _is_there(cursor: Any) -> bool:
    cursor.execute("SELECT to_regclass('public._roadmap_changes')")
    return one(cursor)[0] is not None
