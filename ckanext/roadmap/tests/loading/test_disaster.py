"""Things that break under a load: the DataStore's server, the source, the disk; and loads at the same time."""

from __future__ import annotations

import json
import multiprocessing
import os
import random
import signal
import threading
import time
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path
from typing import Any

import psycopg2
import pytest
from psycopg2 import sql

from ckanext.roadmap.loading import engine
from ckanext.roadmap.loading.datastore import fresh, raw
from ckanext.roadmap.loading.errors import BusyError, LoadError
from ckanext.roadmap.loading.plan import LoadPlan, SourceAccess, Target
from ckanext.roadmap.loading.publish import Files
from ckanext.roadmap.loading.publish.places import part_folder
from ckanext.roadmap.loading.report import LoadReport
from ckanext.roadmap.sources.http import networks
from ckanext.roadmap.sources.reach import Reach
from ckanext.roadmap.tests import postgres
from ckanext.roadmap.tests.own_postgres import server
from ckanext.roadmap.tests.sources.http.sites import answer, serving

from .conftest import NOW, World, own_store

STEPS = ("extract", "gate", "apply", "swap", "publish")
FEW = "UPDATE schools SET pupils = pupils + 1 WHERE id <= 3"
ALL = "UPDATE schools SET pupils = pupils + 1"


def content(world: World) -> set[tuple[Any, ...]]:
    return set(world.live("id, pupils"))


class TestServer:
    """The DataStore crashes and comes back; a server of our own, for the shared one belongs to all."""

    @pytest.mark.parametrize("change", [FEW, ALL])
    def test_a_crash_at_any_step_leaves_old_or_new_rows(self, world: World, tmp_path: Path, change: str):
        with server("fsync=off", "full_page_writes=off") as own:
            world.target, world.store, world.reader = own_store(own.admin, tmp_path)
            world.load()
            for step in STEPS:
                old = content(world)
                world.sql(change)

                def crash(phase: str, _report: LoadReport, at: str = step) -> None:
                    if phase == at:
                        own.end(signal.SIGQUIT)
                        own.start()

                with pytest.raises(LoadError):
                    world.load(progress=crash)
                new = {(row[0], row[1]) for row in world.sql("SELECT id, pupils FROM schools")}
                assert content(world) in (old, new)
                assert world.load().outcome in ("applied", "unchanged")
                assert content(world) == new
                assert world.staging() == []


def test_a_source_that_dies_in_the_middle_changes_nothing(world: World):
    world.load()
    before = world.live()
    world.sql(
        "INSERT INTO schools SELECT n, repeat('x', 500), '1', 1 FROM generate_series(1000, 60000) n; ALTER TABLE schools RENAME TO t;"
        "CREATE VIEW schools AS SELECT t.*, CASE WHEN id > 50000 THEN pg_sleep(0.01) END IS NULL AS s FROM t; GRANT SELECT ON schools TO PUBLIC"
    )

    def cut(phase: str, _report: LoadReport) -> None:
        if phase == "extract":  # whether rows have come by then hangs on the plan of the source
            postgres.rows(
                world.ministry,
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'ckanext-roadmap' AND datname = current_database()",
            )

    columns = (*world.plan.columns, replace(world.plan.columns[0], name="s", source="s"))
    with pytest.raises(LoadError) as raised:
        world.load(progress=cut, columns=columns)
    assert raised.value.phase == "extract"
    assert (world.live(), world.staging(), world.parts()) == (before, [], [])


def test_an_account_exchanged_in_the_middle_counts_from_the_next_load_on(world: World):
    database = world.ministry.rsplit("/", 1)[1]
    with postgres.role("old") as old, postgres.role("new") as new:
        both = sql.SQL(", ").join([sql.Identifier(old[0]), sql.Identifier(new[0])])
        world.sql(sql.SQL("GRANT SELECT ON schools TO {}").format(both))

        def connected(_connection: Any) -> nullcontext[None]:
            postgres.rows(postgres.ADMIN, sql.SQL("ALTER ROLE {} NOLOGIN").format(sql.Identifier(old[0])))
            return nullcontext()

        world.source = SourceAccess(postgres.as_role(*old, database), watch=connected)
        assert world.load().rows_in == 100, "who is in stays in"
        before = world.live()
        world.sql(ALL)
        with pytest.raises(LoadError) as raised:
            world.load()
        assert (raised.value.code, old[1] in str(raised.value)) == ("login_refused", False)
        assert (world.live(), world.staging(), world.parts()) == (before, [], [])
        world.source = SourceAccess(postgres.as_role(*new, database))
        assert world.load().outcome == "applied"
        world.sql(sql.SQL("REVOKE ALL ON schools FROM {}").format(both))


def test_a_token_changed_between_two_pages_leaves_the_old_rows(world: World):
    """Half of the new rows have come by then."""
    rows = [{"id": n, "name": f"m{n}", "code": f"{n:07}", "pupils": n} for n in range(1, 41)]
    valid = ["old"]

    def talk(handler: Any) -> None:
        start = int(handler.path.partition("offset=")[2].partition("&")[0])
        content = json.dumps(rows[start : start + 10]).encode()
        taken = handler.headers["Authorization"] == f"Bearer {valid[0]}"
        answer(handler, content if taken else b"", 200 if taken else 401)
        valid[:] = valid[1:] or valid

    class Pages(dict[str, Any]):
        def get(self, _key: str, _default: Any = None) -> Any:
            return talk

    with serving() as site:
        site.pages = Pages()
        reach = Reach(networks(["127.0.0.1/32"]))
        read = {"paging": {"style": "offset", "limit": 10}}

        def load(token: str) -> LoadReport:
            world.source = SourceAccess("api+" + site.url("/v1/"), options={"token": token}, reach=reach)
            return world.load(read=read)

        assert load("old").rows_in == 40
        before = world.live()
        rows[:] = [{**row, "pupils": 0} for row in rows]
        valid[:] = ["old", "old", "new"]
        with pytest.raises(LoadError) as raised:
            load("old")
        assert (raised.value.phase, "old" in str(raised.value)) == ("extract", False)
        assert (world.live(), world.staging(), world.parts()) == (before, [], [])
        assert load("new").outcome == "applied"
        assert {row[0] for row in world.live("pupils")} == {0}


@pytest.mark.parametrize("method", ["write", "finish"])
def test_a_full_disk_changes_nothing(world: World, monkeypatch: pytest.MonkeyPatch, method: str):
    world.load()
    before, file = world.live(), world.csv()
    world.sql(ALL)

    def full(*_args: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Files, method, full)
    with pytest.raises(LoadError) as raised:
        world.load()
    assert raised.value.code == "file_refused"
    monkeypatch.undo()
    assert (world.live(), world.csv(), world.staging(), world.parts()) == (before, file, [], [])
    assert world.load().outcome == "applied"


def test_a_run_ended_from_its_progress_changes_nothing(world: World):
    world.load()
    before = world.live()
    world.sql(ALL)
    for step in STEPS[:-1]:

        def stop(phase: str, _report: LoadReport, at: str = step) -> None:
            if phase == at:
                raise BusyError

        with pytest.raises(BusyError):
            world.load(progress=stop)
        assert (world.live(), world.staging(), world.parts()) == (before, [], [])


def test_orphans_of_dead_runs_are_swept(world: World):
    """Tables of whatever resource; files of its own at once, those of others once nothing can need them."""
    world.load()
    for made in (raw("dead"), fresh("dead")):
        postgres.rows(world.store, sql.SQL("CREATE TABLE {} (a int)").format(made))
    folder = world.target.folder
    own, young, old = (
        part_folder(folder, resource, run)
        for resource, run in ((world.plan.resource_id, "dead"), ("other", "young"), ("other", "old"))
    )
    for part in (own, young, old):
        part.mkdir(parents=True)
        (part / "data.csv").write_text("a")
    os.utime(old, (1e9, 1e9))
    world.load()
    assert world.staging() == []
    assert [part.exists() for part in (own, young, old)] == [False, True, False]


def loop(plan: LoadPlan, source: SourceAccess, target: Target, number: int, until: float) -> None:
    """A worker on a host of its own."""
    count = 0
    while time.time() < until:
        count += 1
        try:
            engine.run(replace(plan, run_id=f"w{number}-{count}"), source, target, lambda: NOW)
        except BusyError:
            time.sleep(0.02)


def test_workers_writers_readers_and_kills_at_once(world: World):
    """Three workers on one resource, one killed now and then, while the source changes and others read and write."""
    world.load()
    until = time.time() + 6
    processes = [
        multiprocessing.get_context("fork").Process(
            target=loop, args=(world.plan, world.source, world.target, n, until)
        )
        for n in range(3)
    ]
    for process in processes:
        process.start()
    faults: list[str] = []
    threads = [threading.Thread(target=act, args=(world, until, faults)) for act in (read, write)]
    for thread in threads:
        thread.start()
    chance = random.Random(6)
    while time.time() < until - 2:
        world.sql(chance.choice([FEW, ALL, "UPDATE schools SET pupils = 7 WHERE id = 9"]))
        time.sleep(chance.random() / 2)
    processes[0].kill()
    for process in processes:
        process.join(30)
    for thread in threads:
        thread.join()
    assert faults == []
    world.sql(ALL)
    for _ in range(600):
        try:
            world.load()
            break
        except BusyError:
            time.sleep(0.1)
    assert content(world) == {(row[0], row[1]) for row in world.sql("SELECT id, pupils FROM schools")}
    assert world.staging() == []
    applied = postgres.rows(world.store, "SELECT count(*), count(DISTINCT run_id) FROM _roadmap_applied")
    assert applied[0][0] == applied[0][1]


def read(world: World, until: float, faults: list[str]) -> None:
    """Every statement sees a hundred rows, each once."""
    connection = postgres.connect(world.reader)
    query = sql.SQL("SELECT count(*), count(DISTINCT id) FROM {}").format(
        sql.Identifier(world.plan.resource_id)
    )
    with connection.cursor() as cursor:
        while time.time() < until:
            try:
                cursor.execute(query)
                if (found := cursor.fetchone()) != (100, 100):
                    faults.append(str(found))
            except psycopg2.Error as error:
                faults.append(str(error))
    connection.close()


def write(world: World, until: float, faults: list[str]) -> None:
    """An API writer: his edits may be overwritten, never refused."""
    table = sql.Identifier(world.plan.resource_id)
    while time.time() < until:
        try:
            postgres.rows(
                world.target.url, sql.SQL("UPDATE {} SET name = 'tahrir' WHERE id = 50").format(table)
            )
        except psycopg2.Error as error:
            faults.append(str(error))
        time.sleep(0.05)
