"""Which way rows go live, and that all ways end in the same table."""

from __future__ import annotations

import string
from dataclasses import replace
from typing import Any

import psycopg2
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from psycopg2 import sql
from psycopg2.extras import execute_values

from ckanext.roadmap.loading.apply import choice
from ckanext.roadmap.loading.plan import ColumnPlan
from ckanext.roadmap.tests import postgres

from .conftest import World

COLUMNS = {
    "k": "int", "t": "text", "n": "numeric", "f": "float8", "b": "bool", "d": "date", "z": "timestamptz",
    "j": "jsonb", "big": "int8",
}  # fmt: skip
cells = st.tuples(
    st.none() | st.text(string.ascii_lowercase + " '\"\\,‘ʻЎ", max_size=4),
    st.none() | st.sampled_from(["1", "1.0", "1.00", "-0.5", "99999999999999999999.9999"]),
    st.none() | st.sampled_from(["0", "-0", "1.5", "NaN", "Infinity"]),
    st.none() | st.booleans(),
    st.none() | st.dates(),
    st.none()
    | st.sampled_from(["2026-01-01 00:00:00+05", "2025-12-31 19:00:00+00", "2026-01-01 00:00:00.000001+00"]),
    st.none() | st.sampled_from(['{"a": 1}', '{"a": 1.0}', "[]", '"x"', "null"]),
    st.none() | st.sampled_from([0, 2**63 - 1, -(2**63)]),
)
tables = st.dictionaries(st.integers(1, 12), cells, max_size=10)


def fill(world: World, rows: dict[int, tuple[Any, ...]]) -> None:
    """The ministry's table, anew."""
    columns = ", ".join(f"{name} {kind}" for name, kind in COLUMNS.items())
    world.sql(f"DROP TABLE IF EXISTS m; CREATE TABLE m ({columns}); GRANT SELECT ON m TO PUBLIC")
    connection = postgres.connect(world.ministry)
    with connection.cursor() as cursor:
        if rows:
            execute_values(cursor, "INSERT INTO m VALUES %s", [(key, *row) for key, row in rows.items()])
    connection.close()


def content(world: World, table: str) -> list[tuple[Any, ...]]:
    """Every cell as text, by the key."""
    shown = ", ".join(f"{name}::text" for name in COLUMNS)
    name = sql.Identifier(table)
    return postgres.rows(world.store, sql.SQL("SELECT " + shown + " FROM {} ORDER BY k").format(name))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(before=tables, after=tables)
def test_a_merge_ends_as_a_reload_does(world: World, before: dict[int, Any], after: dict[int, Any]):
    columns = tuple(ColumnPlan(name, name) for name in COLUMNS)
    wanted: dict[str, Any] = {"table": "m", "columns": columns, "key": ("k",), "row_floor": 0}
    limit, choice.MERGE_SHARE = choice.MERGE_SHARE, 10.0
    try:
        fill(world, before)
        world.load(**wanted)
        old = content(world, world.plan.resource_id)
        fill(world, after)
        report = world.load(**wanted)
    finally:
        choice.MERGE_SHARE = limit
    merged = content(world, world.plan.resource_id)
    gone, came = {row[0] for row in old}, {row[0] for row in merged}
    changed = {row[0] for row in set(merged) - set(old)} & gone
    assert report.strategy in ("merge", "none", "swap" if not old else "")
    assert (report.rows_inserted, report.rows_updated, report.rows_deleted) == (
        len(came - gone), len(changed), len(gone - came),
    )  # fmt: skip
    world.load(**wanted | {"resource_id": "reload"})
    assert merged == content(world, "reload")
    postgres.rows(
        world.store, sql.SQL("DROP TABLE {}, reload").format(sql.Identifier(world.plan.resource_id))
    )


def catalogue(url: str) -> list[tuple[Any, ...]]:
    """All that has a name in a database: schemas, relations, functions, types; and comments."""
    return postgres.rows(url, """
        SELECT 'schema', nspname::text, nspacl::text FROM pg_namespace WHERE nspname !~ '^pg_'
        UNION ALL SELECT 'relation ' || relkind::text, relname::text, relacl::text FROM pg_class
            WHERE relnamespace::regnamespace::text !~ '^pg_'
        UNION ALL SELECT 'function', proname::text, proacl::text FROM pg_proc
        UNION ALL SELECT 'type', typname::text, NULL FROM pg_type WHERE typnamespace::regnamespace::text !~ '^pg_'
        UNION ALL SELECT 'comment', description, NULL FROM pg_description WHERE classoid = 'pg_class'::regclass
        ORDER BY 1, 2, 3""")  # fmt: skip


class TestChoice:
    def told(self, world: World, **changes: Any) -> tuple[str, str]:
        report = world.load(**changes)
        assert report.choice
        return report.strategy, report.choice["code"]

    def test_reasons(self, world: World):
        assert self.told(world) == ("swap", "first")
        assert self.told(world) == ("none", "hash_same")
        world.sql("UPDATE schools SET pupils = 0 WHERE id = 1")
        assert self.told(world) == ("merge", "few_changed")
        world.sql("UPDATE schools SET pupils = pupils + 1")
        assert self.told(world) == ("swap", "many_changed")
        assert self.told(world, key=("id", "code")) == ("swap", "shape_changed")
        assert self.told(world, key=()) == ("swap", "shape_changed")
        world.sql("UPDATE schools SET pupils = 7 WHERE id = 1")
        assert self.told(world, key=()) == ("swap", "no_key")

    def test_a_merge_leaves_other_rows_where_they_are(self, world: World):
        world.load()
        before = dict(world.live("id, ctid"))
        world.sql("UPDATE schools SET pupils = 0 WHERE id = 5; DELETE FROM schools WHERE id = 6")
        assert world.load().strategy == "merge"
        after = dict(world.live("id, ctid"))
        assert {key for key in after if after[key] != before[key]} == {5}
        assert set(before) - set(after) == {6}

    def test_another_unique_index_that_rows_exchange_values_in(self, world: World):
        world.load()
        table = sql.Identifier(world.plan.resource_id)
        postgres.rows(world.target.url, sql.SQL("CREATE UNIQUE INDEX ON {} (code)").format(table))
        world.sql("UPDATE schools SET code = CASE id WHEN 1 THEN '0000002' ELSE '0000001' END WHERE id <= 2")
        assert self.told(world) == ("swap", "unique_elsewhere")
        assert world.live("id, code", "id")[:2] == [(1, "0000002"), (2, "0000001")]

    def test_watermark_that_has_not_moved_is_not_read_again(self, world: World):
        world.load(watermark_column="id")
        report = world.load(watermark_column="id")
        assert (report.outcome, report.choice, report.rows_in) == (
            "unchanged", {"code": "probe_same", "params": {}}, 100,
        )  # fmt: skip
        world.sql("UPDATE schools SET pupils = 0 WHERE id = 5")
        assert self.told(world, watermark_column="id", trust_probe=False) == ("merge", "few_changed")

    def test_rows_that_went_are_seen_by_the_probe(self, world: World):
        world.load(watermark_column="id")
        world.sql("DELETE FROM schools WHERE id = 5")
        assert self.told(world, watermark_column="id") == ("merge", "few_changed")

    def test_dry_run_leaves_no_trace_in_a_datastore_that_was_never_loaded_into(self, world: World):
        with postgres.database("untouched", world.target.url.split("//")[1].split(":")[0]) as name:
            base = world.store.rsplit("/", 1)[0]
            world.store, before = f"{base}/{name}", catalogue(f"{base}/{name}")
            world.target = replace(world.target, url=f"{world.target.url.rsplit('/', 1)[0]}/{name}")
            report = world.rehearse()
            assert (report.outcome, report.choice, report.rows_inserted) == (
                "dry", {"code": "first", "params": {}}, 100,
            )  # fmt: skip
            assert catalogue(world.store) == before
            assert list(world.target.folder.rglob("*")) == []

    def test_dry_run_tells_and_leaves_nothing(self, world: World):
        world.load()
        before = world.live()
        world.sql("UPDATE schools SET pupils = 0 WHERE id <= 3")
        report = world.rehearse()
        assert (report.outcome, report.strategy, report.rows_updated) == ("dry", "merge", 3)
        assert (world.live(), world.staging(), world.parts()) == (before, [], [])

    def test_writers_wait_for_a_merge_and_readers_do_not(self, world: World):
        world.load()
        world.sql("UPDATE schools SET pupils = 0 WHERE id = 5")
        table = sql.Identifier(world.plan.resource_id)

        def meanwhile(phase: str, _report: object) -> None:
            if phase == "swap":
                assert len(world.live()) == 100
                with pytest.raises(psycopg2.errors.LockNotAvailable):
                    postgres.rows(
                        world.target.url, sql.SQL("SET lock_timeout = 50; DELETE FROM {}").format(table)
                    )

        assert world.load(progress=meanwhile).strategy == "merge"

    def test_triggers_of_the_table_are_silent_as_in_a_swap(self, world: World):
        world.load()
        table = sql.Identifier(world.plan.resource_id)
        postgres.rows(
            world.target.url,
            sql.SQL(
                "CREATE OR REPLACE FUNCTION spoil() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN NEW.name := NULL; RETURN NEW; END';"
                "CREATE TRIGGER t1 BEFORE INSERT OR UPDATE ON {} FOR EACH ROW EXECUTE PROCEDURE spoil()"
            ).format(table),
        )
        world.sql("UPDATE schools SET pupils = 0 WHERE id = 5")
        assert world.load().strategy == "merge"
        assert world.live("name", "id")[4] == ("maktab 5",)
        postgres.rows(world.target.url, sql.SQL("UPDATE {} SET pupils = 1 WHERE id = 5").format(table))
        assert world.live("name", "id")[4] == (None,)
