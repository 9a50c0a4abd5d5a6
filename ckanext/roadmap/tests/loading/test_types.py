"""Values of every type come out as they went in."""

from __future__ import annotations

import math
import string
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from psycopg2 import sql
from psycopg2.extras import execute_values

from ckanext.roadmap.loading.extract import datastore_type
from ckanext.roadmap.loading.plan import ColumnPlan
from ckanext.roadmap.tests import postgres

from .conftest import World

texts = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=30) | st.sampled_from(
    ["", "007", "NULL", "\\N", "\\.", '"', "'", "oʻzbek o‘zbek o'zbek", "Ўзбекистон", "a,b", "a\r\nb", " x "]
)
VALUES: dict[str, tuple[str, st.SearchStrategy[Any]]] = {
    "small": ("smallint", st.integers(-(2**15), 2**15 - 1)),
    "whole": ("integer", st.integers(-(2**31), 2**31 - 1)),
    "big": ("bigint", st.integers(-(2**63), 2**63 - 1)),
    "exact": (
        "numeric",
        st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**20), max_value=10**20),
    ),
    "money": ("numeric(12,2)", st.decimals(places=2, min_value=-(10**9), max_value=10**9)),
    "near": ("double precision", st.floats(allow_nan=False)),
    "truth": ("boolean", st.booleans()),
    "day": ("date", st.dates(date(1, 1, 1), date(9999, 12, 31))),
    "moment": ("timestamp", st.datetimes(datetime(1, 1, 1), datetime(9999, 12, 30))),
    "instant": (
        "timestamptz",
        st.datetimes(datetime(1000, 1, 1), datetime(9999, 12, 30), timezones=st.just(UTC)),
    ),
    "words": ("text", texts),
    "code": ("varchar(10)", st.text(string.digits, min_size=1, max_size=10)),
}
rows = st.lists(st.tuples(*(st.none() | strategy for _, strategy in VALUES.values())), max_size=8)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=rows)
def test_round_trip_is_equal_cell_by_cell(world: World, rows: list[tuple[Any, ...]]):
    columns = ", ".join(f'"{name}" {kind}' for name, (kind, _) in VALUES.items())
    world.sql(f"DROP TABLE IF EXISTS t; CREATE TABLE t (n int, {columns}); GRANT SELECT ON t TO PUBLIC")
    connection = postgres.connect(world.ministry)
    with connection.cursor() as cursor:
        if rows:
            execute_values(
                cursor, "INSERT INTO t VALUES %s", [(number, *row) for number, row in enumerate(rows)]
            )
        cursor.execute("SELECT * FROM t ORDER BY n")
        expected = cursor.fetchall()
    connection.close()
    names = ["n", *VALUES]
    world.load(table="t", key=("n",), columns=tuple(ColumnPlan(name, name) for name in names), row_floor=0)
    found = world.live(", ".join(f'"{name}"' for name in names), "n")
    assert [tuple(map(exactly, row)) for row in found] == [tuple(map(exactly, row)) for row in expected]


def exactly(value: Any) -> Any:
    """A value with its type and, of a decimal, its digits."""
    if isinstance(value, Decimal):
        return ("decimal", str(value))
    if isinstance(value, float):
        return ("float", math.copysign(1, value), value)
    return (type(value).__name__, value)


def test_kinds_without_a_partner_become_text(world: World):
    world.sql(
        "CREATE TYPE mood AS ENUM ('yaxshi'); CREATE TABLE t (n int, u uuid, a int[], i inet, m mood, j jsonb);"
        "INSERT INTO t VALUES (1, '00000000-0000-0000-0000-00000000000a', '{1,2}', '10.0.0.1', 'yaxshi', '{\"a\": 1}');"
        "GRANT SELECT ON t TO PUBLIC"
    )
    names = ("n", "u", "a", "i", "m", "j")
    world.load(table="t", key=("n",), columns=tuple(ColumnPlan(name, name) for name in names))
    expected = (1, "00000000-0000-0000-0000-00000000000a", "{1,2}", "10.0.0.1/32", "yaxshi", {"a": 1})
    assert world.live(", ".join(names)) == [expected]


def test_declared_type_wins(world: World):
    columns = (
        ColumnPlan("id", "id", "text"),
        ColumnPlan("number", "code", "int8"),
        ColumnPlan("pupils", "pupils", "numeric"),
    )
    world.load(columns=columns)
    assert world.live("id, number, pupils")[0] == ("1", 1, Decimal("1.50"))


def test_names_are_taken_as_they_are(world: World):
    odd = "Ko'p \"so'z\"; %s {x} :y"
    world.sql(sql.SQL("ALTER TABLE schools RENAME name TO {}").format(sql.Identifier(odd)))
    world.load(columns=(ColumnPlan("id", "id"), ColumnPlan("nomi: bu", odd)))
    assert world.live('"nomi: bu"')[0] == ("maktab 1",)


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("VARCHAR(20)", "text"),
        ("NUMERIC(10, 2)", "numeric"),
        ("TIMESTAMP WITH TIME ZONE", "timestamptz"),
        ("POINT", "text"),
    ],
)
def test_type_of_a_column(source: str, target: str):
    assert datastore_type(source) == target
