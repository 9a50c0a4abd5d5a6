"""The proof that a rehearsal changed nothing, on a real DataStore."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest
from psycopg2 import sql

from ckanext.roadmap.loading import proof
from ckanext.roadmap.tests import postgres

from .conftest import World


@pytest.fixture
def other(world: World) -> Iterator[sql.Identifier]:
    """A table of somebody else."""
    table = sql.Identifier("public", "other")
    make = "CREATE TABLE {0} (a int, b text); INSERT INTO {0} SELECT n, 'x' FROM generate_series(1, 9) n;"
    postgres.rows(world.store, sql.SQL(make + "GRANT SELECT ON {0} TO PUBLIC").format(table))
    yield table
    postgres.rows(world.store, sql.SQL("DROP TABLE IF EXISTS {}").format(table))


def settled(url: str, **asked: int) -> proof.Prints:
    """A look once the server has counted what was written before it; it counts a moment later."""
    found = proof.prints(url, **asked)
    for _ in range(600):
        time.sleep(0.1)
        before, found = found, proof.prints(url, **asked)
        if before == found and not any(text.endswith(" 0") for text in found.values()):
            return found
    raise AssertionError(found)


def test_a_rehearsal_changes_no_table(world: World, other: sql.Identifier):
    world.load()
    world.sql("UPDATE schools SET name = 'other' WHERE id < 50")
    before = proof.prints(world.target.url)
    assert world.rehearse().rows_updated == 49
    found = proof.compared(before, proof.prints(world.target.url))
    assert found["changed"] == []
    assert {"other", world.plan.resource_id} <= before.keys()
    assert found["by_content"] == found["tables"] == len(before)


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE {} SET b = 'y' WHERE a = 3",
        "DELETE FROM {} WHERE a = 3",
        "INSERT INTO {} VALUES (3, 'x')",
        "ALTER TABLE {} ALTER a TYPE bigint",
        "ALTER TABLE {} RENAME b TO c",
        "DROP TABLE {}",
    ],
)
def test_every_change_of_another_table_is_seen(world: World, other: sql.Identifier, change: str):
    before = proof.prints(world.target.url)
    postgres.rows(world.store, sql.SQL(change).format(other))
    assert proof.compared(before, proof.prints(world.target.url))["changed"] == ["other"]


def test_a_table_that_is_new_is_seen(world: World):
    before = proof.prints(world.target.url)
    world.load()
    assert proof.compared(before, proof.prints(world.target.url))["changed"] == [world.plan.resource_id]


def test_rows_written_anew_as_they_were_are_no_change(world: World, other: sql.Identifier):
    before = proof.prints(world.target.url)
    postgres.rows(world.store, sql.SQL("UPDATE {} SET b = 'x'").format(other))
    assert proof.compared(before, proof.prints(world.target.url))["changed"] == []


def test_of_a_large_table_writes_are_counted(world: World, other: sql.Identifier):
    before = proof.prints(world.target.url, by_content=0)
    assert before["other"].startswith("counters ")
    postgres.rows(world.store, sql.SQL("TRUNCATE {}").format(other))
    after = proof.prints(world.target.url, before)
    found = proof.compared(before, after)
    assert (found["by_content"], found["changed"]) == (0, ["other"])


def up_to(world: World, name: str) -> tuple[int, int]:
    """How many tables are at most as large as this one, and their size in all: other tests may leave some."""
    sizes = sql.SQL(
        "SELECT count(*), sum(pg_relation_size(oid))::bigint FROM pg_class"
        " WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND left(relname, 1) <> '_'"
        " AND pg_relation_size(oid) <= pg_relation_size({}::regclass)"
    )
    return postgres.rows(world.store, sizes.format(sql.Literal(name)))[0]


def test_the_smallest_tables_are_read_whole_until_it_is_enough(world: World, other: sql.Identifier):
    world.load()
    tables, size = up_to(world, "public.other")
    before = settled(world.target.url, all_content=size)
    assert before["other"].startswith("content ")
    assert before[world.plan.resource_id].startswith("counters ")
    assert proof.compared(before, proof.prints(world.target.url, before))["changed"] == []
    postgres.rows(
        world.store, sql.SQL("INSERT INTO {} SELECT n FROM generate_series(1, 9999) n").format(other)
    )
    found = proof.compared(before, proof.prints(world.target.url, before))
    assert (found["by_content"], found["changed"]) == (tables, ["other"])
