"""Personal data: a column that seems to hold them waits, and nobody is shown a value."""

from __future__ import annotations

import json
from collections.abc import Iterator

from psycopg2 import sql

from ckanext.roadmap.domain.personal import (
    DETECTORS,
    GAPS,
    GROUPED,
    HOMES,
    PREFILTER,
    closer,
    home_coordinates,
    kinds_of,
    plain,
)
from ckanext.roadmap.loading.datastore import one

from .base import Finding, Staged, gate

AT_ONCE = 5_000
PEOPLE = frozenset({"pinfl", "passport", "person_name", "identity", "birth", "home"})
"""Kinds after which coordinates are of homes."""
KEYS = r'"((?:[^"\\]|\\.){1,100})"\s*:'
"""Names within a cell of JSON."""
OPENS = r"^\s*[\[{]"
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
    found += _homes(staged, of_people=bool({str(one["kind"]) for one in found} & PEOPLE))
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
    return found


def _homes(staged: Staged, of_people: bool) -> list[dict[str, object]]:
    """Coordinates, by the names here and at the source."""
    named = {name: column.name for column in staged.plan.columns for name in (column.name, column.source)}
    columns = dict.fromkeys(named[name] for name in home_coordinates(named, of_people))
    return [_found(column, HOMES, None) for column in columns]


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
        sql.SQL("count(*) FILTER (WHERE {} ~ {})").format(text, sql.Literal(form))
        for form in (PREFILTER, OPENS)
        for _name, text in columns
    ]
    staged.cursor.execute(sql.SQL("SELECT {} FROM {}").format(sql.SQL(", ").join(counts), staged.table))
    hits = one(staged.cursor)
    found: list[dict[str, object]] = []
    for (name, text), likely, nested in zip(columns, hits[: len(columns)], hits[len(columns) :], strict=True):
        found += _within(staged, name, text) if nested else []
        found += _looked_at(staged, name, text) if likely else []
    return found


def _within(staged: Staged, name: str, text: sql.Composable) -> list[dict[str, object]]:
    """By the names of what lies in cells of JSON."""
    keys = sql.SQL("SELECT DISTINCT m[1] FROM {}, regexp_matches({}, {}, 'g') m WHERE {} ~ {}").format(
        staged.table, text, sql.Literal(KEYS), text, sql.Literal(OPENS)
    )
    kinds = {kind for key in _each(staged, keys) for kind in kinds_of(_spelled(key))}
    return [_found(name, kind, None) for kind in sorted(kinds)]


def _looked_at(staged: Staged, name: str, text: sql.Composable) -> list[dict[str, object]]:
    """Every value that may hold such data is looked at: one among millions is enough."""
    detectors = [one for one in DETECTORS.values() if one.fits(name)]
    counts = dict.fromkeys((one.kind for one in detectors), 0)
    likely = sql.SQL(
        "SELECT {0} FROM {1} WHERE {0} ~ {2} AND (translate({0}, {3}, '') ~ {4} OR {0} ~ {5})"
    ).format(text, staged.table, *map(sql.Literal, (PREFILTER, GAPS, closer(name), GROUPED)))
    for value in map(plain, _each(staged, likely)):
        for each in detectors:
            counts[each.kind] += each.is_in(value, name)
    return [_found(name, kind, count) for kind, count in counts.items() if count]


def _each(staged: Staged, query: sql.Composable) -> Iterator[str]:
    """The values of a query, a few thousand in memory at a time."""
    with staged.cursor.connection.cursor("roadmap_personal") as cursor:
        cursor.itersize = AT_ONCE
        cursor.execute(query)
        for (value,) in cursor:
            yield value


def _spelled(key: str) -> str:
    """A name in JSON may be written in codes."""
    try:
        return json.loads(f'"{key}"', strict=False)
    except ValueError:
        return key


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
