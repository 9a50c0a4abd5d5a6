"""The change log: which rows a run added, changed or removed, kept in the DataStore with the rows themselves.

It is written in the transaction that makes the rows live, so the two never differ.
"""

from __future__ import annotations

from typing import Any

from psycopg2 import sql

from ckanext.roadmap.loading.datastore import diff, live, one
from ckanext.roadmap.loading.plan import LoadPlan
from ckanext.roadmap.loading.report import LoadReport

TABLE = sql.Identifier("public", "_roadmap_changes")
SAMPLE = 5
KINDS = {"i": "added", "u": "changed", "d": "removed"}
CREATE = """
    CREATE TABLE IF NOT EXISTS {table} (
        seq bigserial PRIMARY KEY, run_id text NOT NULL, resource_id text NOT NULL, kind text NOT NULL,
        key json NOT NULL, before json, after json);
    CREATE INDEX IF NOT EXISTS _roadmap_changes_of ON {table} (resource_id, seq);
    CREATE INDEX IF NOT EXISTS _roadmap_changes_run ON {table} (run_id);
    REVOKE ALL ON {table} FROM PUBLIC"""
RECORD = """
    INSERT INTO {table} (run_id, resource_id, kind, key, before, after)
    SELECT %(run)s, %(resource)s,
        CASE d.kind WHEN 'i' THEN 'added' WHEN 'u' THEN 'changed' ELSE 'removed' END,
        CASE WHEN d.kind = 'd' THEN {old_key} ELSE {new_key} END, x.before, x.after
    FROM {diff} d LEFT JOIN {staged} n ON n._id = d.new_id LEFT JOIN {live} o ON o._id = d.old_id
    CROSS JOIN LATERAL (
        SELECT json_object_agg(b.key, b.value ORDER BY b.place) FILTER (WHERE d.kind <> 'i') AS before,
            json_object_agg(b.key, a.value ORDER BY b.place) FILTER (WHERE d.kind <> 'd') AS after
        FROM json_each({old}) WITH ORDINALITY b(key, value, place) JOIN json_each({new}) a ON a.key = b.key
        WHERE d.kind <> 'u' OR a.value::text <> b.value::text) x
    ORDER BY coalesce(d.new_id, d.old_id), d.kind"""


def ensure_changes(cursor: Any) -> None:
    """The log's table, made if it is not there; the portal decides who may read of it."""
    cursor.execute("SELECT to_regclass('public._roadmap_changes')")
    if one(cursor)[0] is None:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('_roadmap_changes'))")
        cursor.execute(sql.SQL(CREATE).format(table=TABLE))


class ChangeLog:
    """Records the differing rows of one run; given to the engine as what it calls before rows go live.

    :param most: most rows that are kept of one run; a larger change keeps its counts alone, and says so
    """

    def __init__(self, most: int, read_role: str) -> None:
        self._most, self._read_role = most, read_role

    def __call__(self, cursor: Any, plan: LoadPlan, report: LoadReport, staged: sql.Identifier) -> None:
        columns = _columns(cursor, live(plan.resource_id))
        report.changes = {
            "kept": report.rows_changed <= self._most,
            "columns_added": [name for name in plan.names if name not in columns],
            "columns_removed": [name for name in columns if name not in plan.names],
        }
        parts = _parts(plan, columns, staged)
        report.sample = _sample(cursor, parts)
        if not report.changes["kept"]:
            report.changes |= {"reason": "too_many", "most": self._most}
            return
        ensure_changes(cursor)
        cursor.execute(sql.SQL("REVOKE ALL ON {} FROM {}").format(TABLE, sql.Identifier(self._read_role)))
        cursor.execute(sql.SQL("DELETE FROM {} WHERE run_id = %s").format(TABLE), (plan.run_id,))
        cursor.execute(
            sql.SQL(RECORD).format(table=TABLE, **parts),
            {"run": plan.run_id, "resource": plan.resource_id},
        )


def _sample(cursor: Any, parts: dict[str, sql.Composable]) -> dict[str, list[Any]]:
    """A few keys of each kind."""
    query = sql.SQL(
        "SELECT CASE WHEN d.kind = 'd' THEN {old_key} ELSE {new_key} END FROM {diff} d"
        " LEFT JOIN {staged} n ON n._id = d.new_id LEFT JOIN {live} o ON o._id = d.old_id"
        ' WHERE d.kind = %s::"char" ORDER BY coalesce(d.new_id, d.old_id) LIMIT %s'
    ).format(**parts)
    found: dict[str, list[Any]] = {}
    for kind, name in KINDS.items():
        cursor.execute(query, (kind, SAMPLE))
        found[name] = [key for (key,) in cursor.fetchall()]
    return found


def _parts(plan: LoadPlan, columns: list[str], staged: sql.Identifier) -> dict[str, sql.Composable]:
    return {
        "diff": diff(plan.resource_id),
        "staged": staged,
        "live": live(plan.resource_id),
        "new": _row("n", plan.names, plan.names),
        "old": _row("o", plan.names, columns),
        "new_key": _row("n", plan.key, plan.names),
        "old_key": _row("o", plan.key, columns),
    }


def _row(alias: str, names: tuple[str, ...], known: tuple[str, ...] | list[str]) -> sql.Composed:
    """Columns as a JSON object; one that the table lacks is null."""
    values = sql.SQL(", ").join(
        sql.SQL("{} AS {}").format(
            sql.Identifier(alias, name) if name in known else sql.SQL("NULL::text"), sql.Identifier(name)
        )
        for name in names
    )
    return sql.SQL("(SELECT row_to_json(r) FROM (SELECT {}) r)").format(values)


def _columns(cursor: Any, table: sql.Identifier) -> list[str]:
    cursor.execute(
        "SELECT attname FROM pg_attribute WHERE attrelid = to_regclass(%s) AND attnum > 0"
        " AND NOT attisdropped AND attname NOT IN ('_id', '_full_text') ORDER BY attnum",
        (table.as_string(cursor),),
    )
    return [name for (name,) in cursor.fetchall()]
