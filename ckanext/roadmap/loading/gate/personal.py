"""Personal data: a column that seems to hold them waits, and nobody is shown a value."""

from __future__ import annotations

from psycopg2 import sql

from ckanext.roadmap.domain.personal import DETECTORS, HOMES, PREFILTER, Detector, home_coordinates, kinds_of
from ckanext.roadmap.loading.datastore import one

from .base import Finding, Staged, gate

LOOKED_AT = 20_000
"""Values of a column that are looked at closely; a count stands for these."""
TEXTS = ("text", "varchar", "bpchar", "json", "jsonb")
NUMBERS = ("int4", "int8", "numeric", "float8")
LEAST = 10**8
"""Smaller numbers hold none of the kinds."""


@gate
def personal_data(staged: Staged) -> Finding | None:
    """Holds a run with a column whose name or values tell of people, unless the mapping calls it public."""
    if not staged.plan.gates.personal:
        return None
    found = [*_named(staged), *_valued(staged)]
    public = {(column.name, kind) for column in staged.plan.columns for kind in column.public}
    found = [one for one in found if (one["column"], one["kind"]) not in public]
    if not found:
        return None
    columns = ", ".join(sorted({str(one["column"]) for one in found}))
    return Finding(
        "personal_data",
        f"Columns that seem to hold personal data: {columns}.",
        "Take them out of the mapping or the source. If the law makes them public, name the kinds there.",
        {"columns": columns, "personal": found},
    )


def _named(staged: Staged) -> list[dict[str, object]]:
    """By the names of columns, here and at the source."""
    found: list[dict[str, object]] = []
    for column in staged.plan.columns:
        kinds = dict.fromkeys([*kinds_of(column.name), *kinds_of(column.source)])
        found += [_found(column.name, kind, None) for kind in kinds]
    return found + [_found(name, HOMES, None) for name in home_coordinates(staged.plan.names)]


def _found(column: str, kind: str, count: int | None) -> dict[str, object]:
    return {"column": column, "kind": kind, "count": count}


def _valued(staged: Staged) -> list[dict[str, object]]:
    """By values; one pass over the table tells which columns are worth a closer look."""
    asked = [
        (name, _text(name, kind)) for name, kind in zip(staged.plan.names, staged.report.types, strict=True)
    ]
    columns = [(name, text) for name, text in asked if text is not None]
    if not columns:
        return []
    counts = [
        sql.SQL("count(*) FILTER (WHERE {} ~ {})").format(text, sql.Literal(PREFILTER))
        for _name, text in columns
    ]
    staged.cursor.execute(sql.SQL("SELECT {} FROM {}").format(sql.SQL(", ").join(counts), staged.table))
    likely = one(staged.cursor)
    found: list[dict[str, object]] = []
    for (name, text), count in zip(columns, likely, strict=True):
        if count:
            found += _looked_at(staged, name, text)
    return found


def _looked_at(staged: Staged, name: str, text: sql.Composable) -> list[dict[str, object]]:
    detectors = [one for one in DETECTORS.values() if one.fits(name)]
    staged.cursor.execute(
        sql.SQL("SELECT {} FROM {} WHERE {} ~ {} LIMIT {}").format(
            text, staged.table, text, sql.Literal(PREFILTER), sql.Literal(LOOKED_AT)
        )
    )
    values = [value for (value,) in staged.cursor.fetchall()]
    counts = [(each.kind, _count(each, values)) for each in detectors]
    return [_found(name, kind, count) for kind, count in counts if count]


def _count(detector: Detector, values: list[str]) -> int:
    return sum(map(detector.is_in, values))


def _text(name: str, kind: str) -> sql.Composable | None:
    """The column as text, where its type can hold personal data; small numbers are left out at once."""
    column, plain = sql.Identifier(name), kind.partition("(")[0]
    if plain in TEXTS:
        return sql.SQL("{}::text").format(column)
    if plain in NUMBERS:
        return sql.SQL("CASE WHEN {} >= {} THEN {}::numeric::text END").format(
            column, sql.Literal(LEAST), column
        )
    return None
