"""What the columns hold that a mapping names for it: regions, periods, the newest mark of a change."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from psycopg2 import sql

from ckanext.roadmap.domain.covering import FORMS

from .datastore import one
from .report import LoadReport

_DATED = ("date", "timestamp", "timestamptz")
# each different value is looked at once: a column of periods has few of them
# PostgreSQL compares text as its collation says; within one form the order of bytes is the order of time
_TEXTS = """
    SELECT form, min(value COLLATE "C"), max(value COLLATE "C"), sum(many)::bigint FROM (
        SELECT CASE WHEN value ~ %s THEN translate(left(value, 10), '123456789', '000000000') END AS form,
            value, many
        FROM (
            SELECT upper(btrim(cell)) AS value, many
            FROM (SELECT {column}::text AS cell, count(*) AS many FROM {table} GROUP BY 1) AS cells
        ) AS raw WHERE value <> ''
    ) AS told GROUP BY form
"""
# as JSON, since that is ISO 8601 whatever style the server has
_DATES = """
    SELECT '', to_json(min({column})) #>> '{{}}', to_json(max({column})) #>> '{{}}', count({column})
    FROM {table}
"""


def regions(cursor: Any, table: sql.Identifier, column: str) -> list[str]:
    """Every code in a column."""
    cursor.execute(sql.SQL("SELECT DISTINCT {}::text FROM {}").format(sql.Identifier(column), table))
    return sorted(code for (code,) in cursor.fetchall() if code)


def watermark(cursor: Any, table: sql.Identifier, column: str) -> str | None:
    """The last value of a column."""
    cursor.execute(sql.SQL("SELECT max({})::text FROM {}").format(sql.Identifier(column), table))
    return one(cursor)[0]


def periods(cursor: Any, table: sql.Identifier, column: str, report: LoadReport) -> dict[str, Any]:
    """The first and last value of each form in a column, and how many have none; empty cells tell nothing.

    :param report: tells columns and types of the table
    """
    parts = {"column": sql.Identifier(column), "table": table}
    if dict(zip(report.columns, report.types or (), strict=False)).get(column) in _DATED:
        cursor.execute(sql.SQL(_DATES).format(**parts))
    else:
        cursor.execute(sql.SQL(_TEXTS).format(**parts), (f"^({FORMS})$",))
    rows = [row for row in cursor.fetchall() if row[3]]
    return {
        "column": column,
        "values": sorted([first, last, count] for form, first, last, count in rows if form is not None),
        "unread": sum(count for form, _, _, count in rows if form is None),
    }


def is_of(known: Mapping[str, Any] | None, column: str) -> bool:
    """Whether what was measured before is of the column that is named now."""
    return (known or {}).get("column") == column
