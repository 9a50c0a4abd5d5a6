"""The swap: the new table becomes the live one between two statements of any reader."""

from __future__ import annotations

import secrets
from typing import Any

from psycopg2 import sql

from ckanext.roadmap.loading.datastore import STAGING, live, live_oid, old, one
from ckanext.roadmap.loading.plan import LoadPlan, Target

from . import triggers
from .views import View, create_views, drop_views, views_on

INDEXES = "SELECT relname FROM pg_class c JOIN pg_index i ON i.indexrelid = c.oid WHERE i.indrelid = %s"


def swap(cursor: Any, plan: LoadPlan, target: Target) -> None:
    """Puts the new table in the live one's place; the old one waits in staging to be dropped.

    Dropping it here would make readers wait until its files are off the disk.
    """
    table, views = live(plan.resource_id), list[View]()
    oid = live_oid(cursor, plan.resource_id)
    readable, made = True, [triggers.full_text(table, cursor)]
    if oid is not None:
        cursor.execute(sql.SQL("LOCK TABLE {} IN ACCESS EXCLUSIVE MODE").format(table))
        oid = live_oid(cursor, plan.resource_id) or oid
        readable = _may_read(cursor, target.read_role, oid)
        made, views = triggers.definitions(cursor, oid), views_on(cursor, oid)
        drop_views(cursor, views)
        _put_aside(cursor, plan.resource_id, oid)
    _move_in(cursor, plan.resource_id)
    for definition in made:
        cursor.execute(definition)
    create_views(cursor, views, table)
    for readers in (table, *(view.identifier for view in views)):
        _grant(cursor, readers, target.read_role, readable)


def _put_aside(cursor: Any, resource_id: str, oid: int) -> None:
    """Out of the readers' schema, under names that the new table's parts do not have."""
    mark = secrets.token_hex(4)
    cursor.execute(INDEXES, (oid,))
    for number, (name,) in enumerate(cursor.fetchall()):
        spare = sql.Identifier(f"old_{mark}_{number}")
        cursor.execute(sql.SQL("ALTER INDEX {} RENAME TO {}").format(sql.Identifier("public", name), spare))
    cursor.execute(sql.SQL("ALTER TABLE {} SET SCHEMA {}").format(live(resource_id), sql.Identifier(STAGING)))
    moved = sql.Identifier(STAGING, resource_id)
    cursor.execute(
        sql.SQL("ALTER TABLE {} RENAME TO {}").format(moved, sql.Identifier(old(resource_id).strings[1]))
    )


def _move_in(cursor: Any, resource_id: str) -> None:
    new = f"new_{resource_id}"
    cursor.execute(sql.SQL("ALTER TABLE {} SET SCHEMA public").format(sql.Identifier(STAGING, new)))
    cursor.execute(
        sql.SQL("ALTER TABLE {} RENAME TO {}").format(
            sql.Identifier("public", new), sql.Identifier(resource_id)
        )
    )
    for what, ending in (("INDEX", "_pkey"), ("SEQUENCE", "__id_seq")):
        cursor.execute(
            sql.SQL("ALTER " + what + " {} RENAME TO {}").format(
                sql.Identifier("public", f"{new}{ending}"), sql.Identifier(f"{resource_id}{ending}")
            )
        )


def _may_read(cursor: Any, role: str, oid: int) -> bool:
    cursor.execute("SELECT has_table_privilege(%s, %s::oid, 'SELECT')", (role, oid))
    return one(cursor)[0]


def _grant(cursor: Any, table: sql.Identifier, role: str, readable: bool) -> None:
    statement = "GRANT SELECT ON {} TO {}" if readable else "REVOKE SELECT ON {} FROM {}"
    cursor.execute(sql.SQL(statement).format(table, sql.Identifier(role)))
