"""SQL for servers that are not to be had here, read by the parser of another project: a typo can't hide.

It is a reading, no run: what these servers would say to it is not shown.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest
import sqlalchemy as sa
import sqlglot
from sqlalchemy.dialects import mssql, oracle
from sqlglot import exp

from ckanext.roadmap.loading.extract.database import _plain, _plain_order
from ckanext.roadmap.loading.extract.tables import ordered
from ckanext.roadmap.loading.plan import ColumnPlan, LoadPlan
from ckanext.roadmap.sources.checks import CHECKS
from ckanext.roadmap.sources.grants import View, Wish, grants_for
from ckanext.roadmap.sources.table import SourceTable

SPOKEN = {"mssql": "tsql", "oracle": "oracle"}
DIALECTS = {"mssql": mssql.dialect(), "oracle": oracle.dialect()}
UNREAD = re.compile(r"DENY INSERT, UPDATE, DELETE, EXECUTE ON SCHEMA::\[\w+\] TO \w+")
"""What the parser does not know; it stands here word for word."""
TAKEN_WHOLE = re.compile(r"(CREATE (LOGIN|USER)|GRANT) ")
"""What it takes as one piece without looking into it."""
VIEWS = (View("open_data", "schools", ("id", "o'quvchi")), View("open_data", "Pupils ]", ("N",)))


def read(statement: str, dbms: str) -> exp.Expression | None:
    """The statement's tree; a fault raises."""
    if UNREAD.fullmatch(statement):
        return None
    found = sqlglot.parse_one(statement, dialect=SPOKEN[dbms])
    assert TAKEN_WHOLE.match(statement) or not isinstance(found, exp.Command), statement
    return found


def statements(text: str) -> list[str]:
    plain = re.sub(r"<[A-Z0-9-]+>", "X", text)
    return [one.strip().rstrip(";") for one in re.split(r";\nGO\n?|;\n", plain) if one.strip(" \n;")]


@pytest.fixture(autouse=True)
def quiet() -> None:
    logging.getLogger("sqlglot").setLevel(logging.ERROR)


@pytest.mark.parametrize("dbms", list(SPOKEN))
def test_scripts_of_the_guides(dbms: str):
    kind = grants_for(dbms)
    assert kind
    trees = [read(one, dbms) for script in kind.scripts(Wish(VIEWS)) for one in statements(script.text)]
    assert sum(isinstance(tree, exp.Create) and tree.kind == "VIEW" for tree in trees) == 2
    assert sum(isinstance(tree, exp.Delete) for tree in trees) == 2
    with pytest.raises(sqlglot.ParseError):
        read("SELECT id, FROM WHERE", dbms)


class Asked:
    """A connection that keeps what it is asked."""

    def __init__(self) -> None:
        self.told: list[str] = []

    def exec_driver_sql(self, statement: str) -> Any:
        self.told.append(statement)
        return self

    def scalar(self) -> str:
        return "1"

    def scalar_one(self) -> datetime:
        return datetime(2026, 3, 2)

    def scalars(self) -> list[str]:
        return ["CONNECT"]

    def __iter__(self) -> Iterator[tuple[str, int]]:
        return iter([("INSERT", 1)])


@pytest.mark.parametrize("dbms", list(SPOKEN))
def test_looks_at_connections(dbms: str):
    asked: Any = Asked()
    CHECKS[dbms].ask(asked)
    assert len(asked.told) >= 3
    assert all(isinstance(read(one, dbms), exp.Select) for one in asked.told)


@pytest.mark.parametrize("dbms", list(SPOKEN))
def test_reading_a_table(dbms: str):
    table = sa.Table(
        "Maktab lar",
        sa.MetaData(),
        sa.Column("id", sa.Integer),
        sa.Column("o'quvchi soni", sa.String(20)),
        schema="open_data",
    )
    names = ("id", "o'quvchi soni")
    plan = LoadPlan(
        "r", "m", "x", "open_data", "Maktab lar", tuple(ColumnPlan(name, name, None) for name in names), names
    )
    source: Any = SourceTable.__new__(SourceTable)
    object.__setattr__(source, "table", table)
    select = ordered(source, plan, ("int4", "text"), _plain, _plain_order)
    tree = read(str(select.compile(dialect=DIALECTS[dbms])), dbms)
    assert isinstance(tree, exp.Select)
    assert len(tree.expressions) == len(tree.args["order"].expressions) == 2
