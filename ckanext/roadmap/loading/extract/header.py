"""A table held against the columns of a plan."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ckanext.roadmap.loading.plan import LoadPlan
from ckanext.roadmap.sources.errors import SourceError

if TYPE_CHECKING:
    from ckanext.roadmap.sources.tabular import Tabular

MOST_NAMES = 20


def require(table: Tabular, plan: LoadPlan) -> None:
    """Refuse a table that lacks a column of the plan, or has it twice.

    :raises SourceError: it does
    """
    missing = [column.source for column in plan.columns if table.header.count(column.source) != 1]
    if missing:
        raise SourceError(
            "file_columns_missing", f"{plan.table} lacks columns: {', '.join(missing)}.",
            "Restore them at the source, or correct the mapping; the data published before stay as they are. "
            f"It has: {_told(table.header)}.", name=plan.table, columns=missing, found=_told(table.header),
        )  # fmt: skip


def types_in(table: Tabular, plan: LoadPlan) -> tuple[str, ...]:
    """Declared ones as they are, the others by what lies in the columns.

    :raises SourceError: a column is missing
    """
    require(table, plan)
    open_ones = [column.source for column in plan.columns if column.type is None]
    found = table.types(open_ones) if open_ones else {}
    return tuple(column.type or found[column.source] for column in plan.columns)


def _told(names: Sequence[str]) -> str:
    more = ", …" if len(names) > MOST_NAMES else ""
    return ", ".join(names[:MOST_NAMES]) + more or "-"
