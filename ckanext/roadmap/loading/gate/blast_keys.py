"""Blast radius: a mass of keys that are no longer there."""

from __future__ import annotations

from psycopg2 import sql

from ckanext.roadmap.loading.apply.diff import table_columns
from ckanext.roadmap.loading.datastore import live, one

from .base import Finding, Staged, gate

FOUND = """
    SELECT count(*) FROM {live} o WHERE EXISTS (SELECT FROM {staged} n WHERE {same})"""


@gate
def changed_keys(staged: Staged) -> Finding | None:
    """Holds a run in which more than a share of the live keys have vanished, whatever came instead."""
    plan, limit, before = staged.plan, staged.plan.gates.keys_changed, staged.rows_before
    if not plan.key or not before or limit >= 100:
        return None
    if not set(plan.key) <= set(table_columns(staged.cursor, live(plan.resource_id))):
        return None
    found = _found(staged)
    gone, new = before - found, staged.rows - found
    if gone * 100 <= before * limit:
        return None
    percent = round(100 * gone / before, 1)
    return Finding(
        "keys_changed",
        f"{gone} of {before} keys ({', '.join(plan.key)}) have vanished, {new} are new: {percent} %; "
        f"limit: {limit} %.",
        "Check whether the source has numbered its rows anew. If it is right, approve the load.",
        {"key": ", ".join(plan.key), "gone": gone, "before": before, "new": max(new, 0), "percent": percent,
         "limit": limit},
    )  # fmt: skip


def _found(staged: Staged) -> int:
    """How many live rows have their key in the staged ones; as text, where a type has changed."""
    names = staged.plan.key
    as_is = _types(staged, staged.table) == _types(staged, live(staged.plan.resource_id))
    form = "n.{0} = o.{0}" if as_is else "n.{0}::text = o.{0}::text"
    same = sql.SQL(" AND ").join(sql.SQL(form).format(sql.Identifier(name)) for name in names)
    staged.cursor.execute(
        sql.SQL(FOUND).format(live=live(staged.plan.resource_id), staged=staged.table, same=same)
    )
    return one(staged.cursor)[0]


def _types(staged: Staged, table: sql.Identifier) -> list[str | None]:
    columns = table_columns(staged.cursor, table)
    return [columns.get(name) for name in staged.plan.key]
