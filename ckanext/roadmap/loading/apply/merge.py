"""The merge: rows that differ are changed one by one, the others keep their `_id` and are not touched."""

from __future__ import annotations

from typing import Any

from psycopg2 import sql

from ckanext.roadmap.loading.datastore import diff, field_list, live, raw
from ckanext.roadmap.loading.plan import LoadPlan

from .diff import table_columns
from .triggers import silent
from .vector import vector


def hold(cursor: Any, plan: LoadPlan) -> None:
    """Keeps other writers off the live table until the end of the transaction; readers go on reading."""
    cursor.execute(sql.SQL("LOCK TABLE {} IN SHARE ROW EXCLUSIVE MODE").format(live(plan.resource_id)))


def merge(cursor: Any, plan: LoadPlan, oid: int) -> None:
    """Deletes, updates and inserts what *diff* names; the caller holds the table."""
    columns = table_columns(cursor, raw(plan.resource_id))
    parts = {
        "live": live(plan.resource_id),
        "diff": diff(plan.resource_id),
        "raw": raw(plan.resource_id),
        "names": field_list(plan.names),
        "values": sql.SQL(", ").join(sql.Identifier("n", name) for name in plan.names),
        "vector": vector(plan.full_text, columns, "n"),
    }
    with silent(cursor, live(plan.resource_id), oid):
        for statement in (DELETE, UPDATE, INSERT):
            cursor.execute(sql.SQL(statement).format(**parts))


DELETE = "DELETE FROM {live} o USING {diff} d WHERE d.kind = 'd' AND o._id = d.old_id"
UPDATE = """
    UPDATE {live} o SET (_full_text, {names}) = ROW({vector}, {values})
    FROM {diff} d JOIN {raw} n ON n._id = d.new_id WHERE d.kind = 'u' AND o._id = d.old_id"""
INSERT = """
    INSERT INTO {live} (_full_text, {names}) SELECT {vector}, {values}
    FROM {diff} d JOIN {raw} n ON n._id = d.new_id WHERE d.kind = 'i' ORDER BY n._id"""
