"""The key names one row: no value twice, none empty."""

from __future__ import annotations

from psycopg2 import sql

from ckanext.roadmap.loading.datastore import field_list

from .base import Finding, Staged, gate
from .errors import GateError


@gate
def key(staged: Staged) -> Finding | None:
    """Refuses rows whose key is empty or appears twice."""
    plan, cursor = staged.plan, staged.cursor
    if not plan.key:
        return None
    empty = sql.SQL(" OR ").join(sql.SQL("{} IS NULL").format(sql.Identifier(name)) for name in plan.key)
    cursor.execute(sql.SQL("SELECT count(*) FROM {} WHERE {}").format(staged.table, empty))
    if missing := cursor.fetchone()[0]:
        raise _refusal("key_empty", f"{missing} rows have no value in the key", plan.key, missing)
    cursor.execute(
        sql.SQL("SELECT count(*) FROM (SELECT 1 FROM {} GROUP BY {} HAVING count(*) > 1) twice").format(
            staged.table, field_list(plan.key)
        )
    )
    if double := cursor.fetchone()[0]:
        raise _refusal("key_double", f"{double} values of the key appear more than once", plan.key, double)
    return None


def _refusal(code: str, message: str, columns: tuple[str, ...], count: int) -> GateError:
    named = ", ".join(columns)
    return GateError(
        code,
        f"{message} ({named}).",
        "Mend the rows at the source, or name another key in the mapping.",
        columns=list(columns),
        count=count,
    )
