"""How many rows are new, different or gone, counted in staging before anything is changed."""

from __future__ import annotations

from typing import Any, NamedTuple

from psycopg2 import sql

from ckanext.roadmap.loading.datastore import live, raw
from ckanext.roadmap.loading.plan import LoadPlan


class Changes(NamedTuple):
    """Rows that differ between staging and the live table."""

    inserted: int
    updated: int
    deleted: int


def count_changes(cursor: Any, plan: LoadPlan, live_columns: dict[str, str]) -> Changes:
    """Compare staging with the live table, by key if there is one.

    Values are compared as text, so that a changed type with equal values is no change.
    """
    key = plan.key if plan.key and set(plan.key) <= set(live_columns) else ()
    return _by_key(cursor, plan, key, live_columns) if key else _as_bags(cursor, plan, live_columns)


def table_columns(cursor: Any, oid: int) -> dict[str, str]:
    """Names and types of a table's columns."""
    cursor.execute(
        "SELECT attname, format_type(atttypid, atttypmod) FROM pg_attribute "
        "WHERE attrelid = %s AND attnum > 0 AND NOT attisdropped ORDER BY attnum",
        (oid,),
    )
    return dict(cursor.fetchall())


def _by_key(cursor: Any, plan: LoadPlan, key: tuple[str, ...], columns: dict[str, str]) -> Changes:
    same = sql.SQL(" AND ").join(
        sql.SQL("n.{0}::text = o.{0}::text").format(sql.Identifier(name)) for name in key
    )
    differs = sql.SQL("ROW({}) IS DISTINCT FROM ROW({})").format(
        _values(plan, "n", dict.fromkeys(plan.names, "")), _values(plan, "o", columns)
    )
    first = sql.Identifier(key[0])
    cursor.execute(
        sql.SQL(
            "SELECT count(*) FILTER (WHERE o._id IS NULL),"
            " count(*) FILTER (WHERE o._id IS NOT NULL AND n._id IS NOT NULL AND {differs}),"
            " count(*) FILTER (WHERE n._id IS NULL)"
            " FROM (SELECT * FROM {raw} WHERE {first} IS NOT NULL) n FULL JOIN {live} o ON {same}"
        ).format(
            differs=differs, raw=raw(plan.resource_id), first=first, live=live(plan.resource_id), same=same
        )
    )
    return Changes(*cursor.fetchone())


def _as_bags(cursor: Any, plan: LoadPlan, columns: dict[str, str]) -> Changes:
    new = sql.SQL("SELECT {} FROM {} n").format(
        _values(plan, "n", dict.fromkeys(plan.names, "")), raw(plan.resource_id)
    )
    old = sql.SQL("SELECT {} FROM {} o").format(_values(plan, "o", columns), live(plan.resource_id))
    counts = sql.SQL(
        "SELECT (SELECT count(*) FROM ({} EXCEPT ALL {}) a), (SELECT count(*) FROM ({} EXCEPT ALL {}) b)"
    )
    cursor.execute(counts.format(new, old, old, new))
    added, gone = cursor.fetchone()
    return Changes(max(added - gone, 0), min(added, gone), max(gone - added, 0))


def _values(plan: LoadPlan, alias: str, columns: dict[str, str]) -> sql.Composed:
    """The plan's columns as text; one that the table lacks is empty."""
    return sql.SQL(", ").join(
        sql.SQL("{}.{}::text").format(sql.Identifier(alias), sql.Identifier(name))
        if name in columns
        else sql.SQL("NULL::text")
        for name in plan.names
    )
