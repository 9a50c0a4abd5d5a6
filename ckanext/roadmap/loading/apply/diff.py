"""Which rows are new, different or gone, found in staging before anything is changed."""

from __future__ import annotations

from typing import Any, NamedTuple

from psycopg2 import sql

from ckanext.roadmap.loading.datastore import diff, live
from ckanext.roadmap.loading.plan import LoadPlan

WRITTEN_APART = ("numeric", "real", "double precision", "json", "jsonb")
"""Types whose equal values may be written differently: 1.5 and 1.50; or that cannot be compared at all."""


class Changes(NamedTuple):
    """Rows that differ between staging and the live table."""

    inserted: int
    updated: int
    deleted: int


def table_columns(cursor: Any, table: sql.Identifier) -> dict[str, str]:
    """Names and types of a table's columns, in order; none: there is no such table."""
    cursor.execute(
        "SELECT attname, format_type(atttypid, atttypmod) FROM pg_attribute "
        "WHERE attrelid = to_regclass(%s) AND attnum > 0 AND NOT attisdropped ORDER BY attnum",
        (table.as_string(cursor),),
    )
    return {name: kind for name, kind in cursor.fetchall() if name not in ("_id", "_full_text")}


def find_changes(cursor: Any, plan: LoadPlan, staged: sql.Identifier) -> Changes:
    """By the key: fills the table *diff* with a row for each row that differs.

    `kind` is i, u or d; `new_id` and `old_id` are the rows' `_id` in staging and in the live table.
    """
    new, current = table_columns(cursor, staged), table_columns(cursor, live(plan.resource_id))
    as_is = new == current
    same = _both(plan.key, "{0} = {1}" if as_is else "{0}::text = {1}::text")
    cursor.execute(sql.SQL("DROP TABLE IF EXISTS {}").format(diff(plan.resource_id)))
    cursor.execute(
        sql.SQL(
            "CREATE UNLOGGED TABLE {diff} AS SELECT (CASE WHEN o._id IS NULL THEN 'i' WHEN n._id IS NULL"
            " THEN 'd' ELSE 'u' END)::\"char\" AS kind, n._id AS new_id, o._id AS old_id"
            " FROM {staged} n FULL JOIN {live} o ON {same}"
            " WHERE o._id IS NULL OR n._id IS NULL OR ROW({new}) IS DISTINCT FROM ROW({old})"
        ).format(
            diff=diff(plan.resource_id),
            staged=staged,
            live=live(plan.resource_id),
            same=same,
            new=_values(plan, "n", new, as_is),
            old=_values(plan, "o", current, as_is),
        )  # fmt: skip
    )
    cursor.execute(
        sql.SQL(
            "SELECT count(*) FILTER (WHERE kind = 'i'), count(*) FILTER (WHERE kind = 'u'),"
            " count(*) FILTER (WHERE kind = 'd') FROM {}"
        ).format(diff(plan.resource_id))
    )
    return Changes(*cursor.fetchone())


def count_as_bags(cursor: Any, plan: LoadPlan, staged: sql.Identifier) -> Changes:
    """Without a key: rows as wholes; a changed row is one that went and one that came.

    Two hashes of 64 bits stand for a row, so that no row has to be sorted or kept.
    """
    new, current = table_columns(cursor, staged), table_columns(cursor, live(plan.resource_id))
    part = (
        "SELECT hashtextextended(r, 0) a, hashtextextended(r, 1) b, {} c"
        " FROM (SELECT ROW({})::text r FROM {} t) x"
    )
    values = [_values(plan, "t", columns, False) for columns in (new, current)]
    cursor.execute(
        sql.SQL(
            "SELECT coalesce(sum(greatest(d, 0)), 0)::bigint, coalesce(-sum(least(d, 0)), 0)::bigint"
            " FROM (SELECT sum(c) d FROM ({} UNION ALL {}) u GROUP BY a, b HAVING sum(c) <> 0) s"
        ).format(
            sql.SQL(part).format(sql.Literal(1), values[0], staged),
            sql.SQL(part).format(sql.Literal(-1), values[1], live(plan.resource_id)),
        )
    )
    added, gone = cursor.fetchone()
    return Changes(max(added - gone, 0), min(added, gone), max(gone - added, 0))


def _both(names: tuple[str, ...], form: str) -> sql.Composed:
    pairs = (sql.SQL(form).format(sql.Identifier("n", name), sql.Identifier("o", name)) for name in names)
    return sql.SQL(" AND ").join(pairs)


def _values(plan: LoadPlan, alias: str, columns: dict[str, str], as_is: bool) -> sql.Composed:
    """The plan's columns in a form that can be compared; one that the table lacks is empty.

    Where the two tables differ in a type, all is compared as text, so that equal values are no change.
    """
    return sql.SQL(", ").join(
        sql.SQL(
            "NULL::text" if name not in columns else "{}::text" if _is_text(columns[name], as_is) else "{}"
        ).format(sql.Identifier(alias, name))
        for name in plan.names
    )


def _is_text(kind: str, as_is: bool) -> bool:
    return not as_is or kind.partition("(")[0] in WRITTEN_APART
