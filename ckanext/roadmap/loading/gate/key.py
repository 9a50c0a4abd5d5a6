"""The key names one row: no value twice, none empty."""

from __future__ import annotations

from psycopg2 import errors, sql

from ckanext.roadmap.loading.datastore import field_list, fresh, index_name, quoted

from .base import Finding, Staged, gate
from .errors import GateError


@gate
def key(staged: Staged) -> Finding | None:
    """Refuses rows whose key is empty or appears twice; leaves the key's index, which a swap needs anyway."""
    plan, cursor = staged.plan, staged.cursor
    if not plan.key:
        return None
    cursor.execute("SAVEPOINT key_index")
    try:
        name = index_name(plan.resource_id, ", ".join(map(quoted, plan.key)))
        if staged.table != fresh(plan.resource_id):
            name = f"raw_{name}"  # the one without belongs to the table that goes live
        cursor.execute(
            sql.SQL("CREATE UNIQUE INDEX {} ON {} ({})").format(
                sql.Identifier(name), staged.table, field_list(plan.key)
            )
        )
    except errors.UniqueViolation:
        cursor.execute("ROLLBACK TO SAVEPOINT key_index")
        raise _refusal(
            "key_double", "values of the key appear more than once", staged, _twice(staged)
        ) from None
    empty = sql.SQL(" OR ").join(sql.SQL("{} IS NULL").format(sql.Identifier(name)) for name in plan.key)
    cursor.execute(sql.SQL("SELECT count(*) FROM {} WHERE {}").format(staged.table, empty))
    if missing := cursor.fetchone()[0]:
        raise _refusal("key_empty", "rows have no value in the key", staged, missing)
    return None


def _twice(staged: Staged) -> int:
    staged.cursor.execute(
        sql.SQL("SELECT count(*) FROM (SELECT 1 FROM {} GROUP BY {} HAVING count(*) > 1) twice").format(
            staged.table, field_list(staged.plan.key)
        )
    )
    return staged.cursor.fetchone()[0]


def _refusal(code: str, message: str, staged: Staged, count: int) -> GateError:
    named = ", ".join(staged.plan.key)
    return GateError(
        code,
        f"{count} {message} ({named}).",
        "Mend the rows at the source, or name another key in the mapping.",
        columns=list(staged.plan.key),
        count=count,
    )
