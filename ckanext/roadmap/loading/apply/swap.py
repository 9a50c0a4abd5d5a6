"""The swap: the new table becomes the live one between two statements of any reader."""

from __future__ import annotations

import time
from datetime import datetime
from typing import Any

from psycopg2 import errors, sql
from psycopg2.extensions import connection as Connection  # noqa: N812

from ckanext.roadmap.loading.datastore import fresh, live, live_oid, one, raw
from ckanext.roadmap.loading.plan import LoadPlan, Target
from ckanext.roadmap.loading.report import LoadReport

from .applied import remember
from .errors import ApplyError

PAUSE = 0.5
TRIGGERS = (
    "SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE tgrelid = %s AND NOT tgisinternal ORDER BY tgname"
)
FULL_TEXT_TRIGGER = (
    "CREATE TRIGGER zfulltext BEFORE INSERT OR UPDATE ON {} "
    "FOR EACH ROW EXECUTE PROCEDURE populate_full_text_trigger()"
)
VIEWS = """
    SELECT DISTINCT v.oid::bigint, v.relname::text, pg_get_viewdef(v.oid),
        ARRAY(SELECT attname::text FROM pg_attribute a
              WHERE a.attrelid = v.oid AND a.attnum > 0 ORDER BY attnum)
      = ARRAY(SELECT attname::text FROM pg_attribute a
              WHERE a.attrelid = %(oid)s AND a.attnum > 0 AND NOT attisdropped ORDER BY attnum)
    FROM pg_depend d JOIN pg_rewrite r ON r.oid = d.objid JOIN pg_class v ON v.oid = r.ev_class
    WHERE d.refobjid = %(oid)s AND v.relkind = 'v' AND v.relnamespace = 'public'::regnamespace
    ORDER BY v.oid::bigint"""


def swap(connection: Connection, plan: LoadPlan, target: Target, report: LoadReport, now: datetime) -> None:
    """Commits table, watermark, memory and row count together; waits for readers of the old table."""
    for attempt in range(target.lock_attempts):
        try:
            with connection.cursor() as cursor:
                cursor.execute(
                    "SELECT set_config('lock_timeout', %s, true)", (f"{target.lock_timeout_ms}ms",)
                )
                _swap(cursor, plan, target, report, now)
            return connection.commit()
        except (errors.LockNotAvailable, errors.DeadlockDetected):
            connection.rollback()
            time.sleep(PAUSE * min(attempt + 1, 10))
    raise ApplyError(
        "table_locked",
        "The table could not be exchanged: another transaction holds it.",
        "The load is tried again by itself; look for a long-running query on the DataStore.",
    )


def _swap(cursor: Any, plan: LoadPlan, target: Target, report: LoadReport, now: datetime) -> None:
    table = live(plan.resource_id)
    oid = live_oid(cursor, plan.resource_id)
    readable, triggers, views = True, [_full_text_trigger(table, cursor)], []
    if oid is not None:
        cursor.execute(sql.SQL("LOCK TABLE {} IN ACCESS EXCLUSIVE MODE").format(table))
        oid = live_oid(cursor, plan.resource_id) or oid
        readable = _may_read(cursor, target.read_role, oid)
        triggers, views = _triggers(cursor, oid), _views(cursor, oid)
        cursor.execute(sql.SQL("DROP TABLE {} CASCADE").format(table))
    _move(cursor, plan.resource_id)
    for definition in triggers:
        cursor.execute(definition)
    for _oid, name, definition, whole in views:
        body = sql.SQL("SELECT * FROM {}").format(table) if whole else sql.SQL(definition.rstrip(";"))
        cursor.execute(sql.SQL("CREATE VIEW {} AS {}").format(sql.Identifier("public", name), body))
        _grant(cursor, sql.Identifier("public", name), target.read_role, readable)
    _grant(cursor, table, target.read_role, readable)
    cursor.execute("SELECT to_regclass('public._table_stats')")
    if one(cursor)[0]:
        cursor.execute("DELETE FROM public._table_stats WHERE resource_id = %s", (plan.resource_id,))
    cursor.execute(sql.SQL("DROP TABLE {}").format(raw(plan.resource_id)))
    remember(cursor, plan, report, live_oid(cursor, plan.resource_id) or 0, now)


def _move(cursor: Any, resource_id: str) -> None:
    moved = sql.Identifier("public", f"new_{resource_id}")
    cursor.execute(sql.SQL("ALTER TABLE {} SET SCHEMA public").format(fresh(resource_id)))
    cursor.execute(sql.SQL("ALTER TABLE {} RENAME TO {}").format(moved, sql.Identifier(resource_id)))
    index = sql.Identifier("public", f"new_{resource_id}_pkey")
    cursor.execute(
        sql.SQL("ALTER INDEX {} RENAME TO {}").format(index, sql.Identifier(f"{resource_id}_pkey"))
    )
    sequence = sql.Identifier("public", f"new_{resource_id}__id_seq")
    cursor.execute(
        sql.SQL("ALTER SEQUENCE {} RENAME TO {}").format(sequence, sql.Identifier(f"{resource_id}__id_seq"))
    )


def _may_read(cursor: Any, role: str, oid: int) -> bool:
    cursor.execute("SELECT has_table_privilege(%s, %s::oid, 'SELECT')", (role, oid))
    return one(cursor)[0]


def _grant(cursor: Any, table: sql.Identifier, role: str, readable: bool) -> None:
    statement = "GRANT SELECT ON {} TO {}" if readable else "REVOKE SELECT ON {} FROM {}"
    cursor.execute(sql.SQL(statement).format(table, sql.Identifier(role)))


def _triggers(cursor: Any, oid: int) -> list[str]:
    cursor.execute(TRIGGERS, (oid,))
    return [definition for (definition,) in cursor.fetchall()]


def _views(cursor: Any, oid: int) -> list[tuple[int, str, str, bool]]:
    cursor.execute(VIEWS, {"oid": oid})
    return cursor.fetchall()


def _full_text_trigger(table: sql.Identifier, cursor: Any) -> str:
    return sql.SQL(FULL_TEXT_TRIGGER).format(table).as_string(cursor)
