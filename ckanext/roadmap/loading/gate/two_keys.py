"""Two keys: a column that nobody approved is never published."""

from __future__ import annotations

from typing import Any

from psycopg2 import sql

from ckanext.roadmap.loading.datastore import one

from .base import Finding, Staged, gate

SAMPLE = 200_000
"""Rows that a profile looks at; its figures speak of these."""


@gate
def two_keys(staged: Staged) -> Finding | None:
    """Holds a run with other columns than those that are live, and the first run of a table.

    What is live was approved, so it is what the new columns are held against.
    """
    if not staged.plan.gates.two_keys:
        return None
    changes = _changes(staged)
    if not changes:
        return None
    profile = [_profiled(staged, change) for change in changes]
    named = ", ".join(change["name"] for change in changes)
    if not staged.last:
        return Finding(
            "columns_first",
            f"The first load: its columns are {named}.",
            "The data owner looks at the profile of the columns and approves the load.",
            {"columns": named, "profile": profile},
        )
    return Finding(
        "columns_changed",
        f"Columns that are new, renamed, of another type, or gone: {named}.",
        "Data owner and portal look at the profile; the load goes on when both have approved.",
        {"columns": named, "profile": profile},
    )


def _changes(staged: Staged) -> list[dict[str, Any]]:
    plan, report, last = staged.plan, staged.report, staged.last
    known = dict(zip(last.get("columns") or [], last.get("types") or [], strict=False))
    sources = dict(zip(last.get("columns") or [], last.get("sources") or [], strict=False))
    found: list[dict[str, Any]] = []
    for column, kind in zip(plan.columns, report.types, strict=True):
        before = known.get(column.name)
        if before is None:
            change = "new"
        elif before != kind:
            change = "retyped"
        elif sources.get(column.name, column.source) != column.source:
            change = "renamed"
        else:
            continue
        found.append({"name": column.name, "change": change, "before": before, "type": kind})
    gone = [name for name in known if name not in plan.names]
    return found + [{"name": name, "change": "gone", "before": known[name], "type": None} for name in gone]


def _profiled(staged: Staged, change: dict[str, Any]) -> dict[str, Any]:
    """With how many cells are empty and how many values differ; no value is told."""
    if change["type"] is None:
        return {**change, "nulls": None, "distinct": None}
    staged.cursor.execute(
        sql.SQL(
            "SELECT count(*) - count(c), count(DISTINCT c::text) FROM (SELECT {} c FROM {} LIMIT {}) s"
        ).format(sql.Identifier(change["name"]), staged.table, sql.Literal(SAMPLE))
    )
    nulls, distinct = one(staged.cursor)
    return {**change, "nulls": nulls, "distinct": distinct}
