"""What a CKAN table carries survives the swap."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator

import psycopg2
import pytest
from psycopg2 import sql

from ckanext.roadmap.loading.datastore import index_name
from ckanext.roadmap.loading.errors import LoadError
from ckanext.roadmap.loading.report import LoadReport
from ckanext.roadmap.tests import postgres

from .conftest import World


@pytest.fixture(params=["merge", "swap"])
def loaded(world: World, request: pytest.FixtureRequest) -> Iterator[World]:
    """A loaded table that people have worked on, and a source that has changed since."""
    world.load()
    table = sql.Identifier(world.plan.resource_id)
    as_writer(world, 'CREATE VIEW "maktablar" AS SELECT * FROM {}', table)
    as_writer(world, 'COMMENT ON COLUMN {}.code IS \' {{"_info":{{"label":"Kod"}}}}\'', table)
    as_writer(
        world,
        "CREATE INDEX {} ON {} (code)",
        sql.Identifier(index_name(world.plan.resource_id, '"code"')),
        table,
    )
    as_writer(
        world,
        "CREATE OR REPLACE FUNCTION shout() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN NEW.name := upper(NEW.name); RETURN NEW; END'",
    )
    as_writer(
        world,
        "CREATE TRIGGER t000 BEFORE INSERT OR UPDATE ON {} FOR EACH ROW EXECUTE PROCEDURE shout()",
        table,
    )
    postgres.rows(world.store, "SELECT cached_table_row_count(%s)", world.plan.resource_id)
    rows = 1 if request.param == "merge" else 100
    world.sql(
        f"UPDATE schools SET pupils = 0 WHERE id <= {rows}; INSERT INTO schools VALUES (101, 'yangi', '0', 1, '')"
    )
    yield world
    postgres.rows(world.store, "DROP VIEW IF EXISTS maktablar")


def as_writer(world: World, text: str, *values: sql.Composable) -> None:
    postgres.rows(world.target.url, sql.SQL(text).format(*values))


class TestSurvives:
    @pytest.fixture(autouse=True)
    def _reload(self, loaded: World):
        assert loaded.load().outcome == "applied"

    def test_alias(self, loaded: World):
        assert postgres.rows(loaded.reader, "SELECT count(*) FROM maktablar") == [(101,)]

    def test_data_dictionary(self, loaded: World):
        found = postgres.rows(
            loaded.store,
            "SELECT col_description(attrelid, attnum) FROM pg_attribute WHERE attrelid = %s::regclass AND attname = 'code'",
            f'public."{loaded.plan.resource_id}"',
        )
        assert found == [(' {"_info":{"label":"Kod"}}',)]

    def test_indexes_by_their_names(self, loaded: World):
        found = postgres.rows(
            loaded.store, "SELECT indexname FROM pg_indexes WHERE tablename = %s", loaded.plan.resource_id
        )
        resource = loaded.plan.resource_id
        assert {name for (name,) in found} == {
            f"{resource}_pkey",
            index_name(resource, '"code"'),
            index_name(resource, '"id"'),
            index_name(resource, '"_full_text"'),
        }

    def test_triggers(self, loaded: World):
        table = sql.Identifier(loaded.plan.resource_id)
        as_writer(loaded, "INSERT INTO {} (id, name) VALUES (900, 'baland')", table)
        assert loaded.live("_id, name")[-1] == (102, "BALAND")
        found = postgres.rows(
            loaded.store,
            sql.SQL("SELECT count(*) FROM {} WHERE _full_text @@ to_tsquery('baland')").format(table),
        )
        assert found == [(1,)]

    def test_unique_key(self, loaded: World):
        with pytest.raises(psycopg2.errors.UniqueViolation):
            as_writer(
                loaded, "INSERT INTO {} (id, name) VALUES (1, 'x')", sql.Identifier(loaded.plan.resource_id)
            )

    def test_row_count_is_not_the_old_one(self, loaded: World):
        assert postgres.rows(loaded.store, "SELECT cached_table_row_count(%s)", loaded.plan.resource_id) == [
            (101,)
        ]

    def test_is_listed_once_and_staging_is_not(self, loaded: World):
        found = postgres.rows(
            loaded.reader,
            "SELECT name FROM _table_metadata WHERE name LIKE %s",
            f"%{loaded.plan.resource_id}%",
        )
        assert found == [(loaded.plan.resource_id,)]

    def test_reader_sees_nothing_of_our_memory(self, loaded: World):
        with pytest.raises(psycopg2.errors.InsufficientPrivilege):
            postgres.rows(loaded.reader, "SELECT * FROM _roadmap_applied")


def test_a_private_table_stays_private(world: World):
    world.load()
    table = sql.Identifier(world.plan.resource_id)
    as_writer(world, "REVOKE SELECT ON {} FROM {}", table, sql.Identifier(world.target.read_role))
    world.sql("DELETE FROM schools WHERE id = 1")
    world.load()
    with pytest.raises(psycopg2.errors.InsufficientPrivilege):
        world.live()


class TestReaders:
    def test_every_statement_sees_old_or_new(self, world: World):
        world.load()
        seen: set[tuple[int, int]] = set()
        faults: list[Exception] = []
        stop = threading.Event()

        def read() -> None:
            connection = postgres.connect(world.reader)
            query = sql.SQL("SELECT count(*), count(DISTINCT pupils) FROM {}").format(
                sql.Identifier(world.plan.resource_id)
            )
            with connection.cursor() as cursor:
                while not stop.is_set():
                    try:
                        cursor.execute(query)
                        seen.add(cursor.fetchone())
                    except psycopg2.Error as error:
                        faults.append(error)
            connection.close()

        readers = [threading.Thread(target=read) for _ in range(4)]
        for reader in readers:
            reader.start()
        expected = {(100, 100)}
        for number in range(1, 9):
            world.sql("DELETE FROM schools WHERE id = %s; UPDATE schools SET pupils = 1", number)
            world.load()
            expected.add((100 - number, 1))
        until = time.monotonic() + 60  # the readers come to see the last load when the machine lets them
        while (92, 1) not in seen and not faults and time.monotonic() < until:
            time.sleep(0.05)
        stop.set()
        for reader in readers:
            reader.join()
        assert faults == []
        assert seen <= expected
        assert (92, 1) in seen

    def test_swap_waits_for_a_long_reader_and_then_succeeds(self, world: World):
        world.load(key=())
        world.sql("DELETE FROM schools WHERE id = 1")
        reader = psycopg2.connect(world.reader)
        cursor = reader.cursor()
        cursor.execute(sql.SQL("SELECT * FROM {}").format(sql.Identifier(world.plan.resource_id)))

        def let_go(phase: str, _report: LoadReport) -> None:
            if phase == "swap":
                threading.Timer(0.8, reader.rollback).start()

        assert world.load(progress=let_go, key=()).outcome == "applied"
        reader.close()

    def test_swap_gives_up_on_an_endless_reader(self, world: World):
        world.load(key=())
        world.sql("DELETE FROM schools WHERE id = 1")
        world.target = type(world.target)(
            world.target.url, world.target.read_role, world.target.folder, 100, 2
        )
        reader = psycopg2.connect(world.reader)
        reader.cursor().execute(sql.SQL("SELECT * FROM {}").format(sql.Identifier(world.plan.resource_id)))
        with pytest.raises(LoadError) as raised:
            world.load(key=())
        reader.close()
        assert raised.value.code == "table_locked"
        assert len(world.live()) == 100
        assert (world.staging(), world.parts()) == ([], [])
