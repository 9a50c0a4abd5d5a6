"""kill -9 at every stage: nothing lost, nothing double, readers keep the old rows, the next load heals."""

from __future__ import annotations

import multiprocessing
import os
import random
import signal
import time
from dataclasses import replace

import pytest

from ckanext.roadmap.loading import engine
from ckanext.roadmap.loading.apply import of_run
from ckanext.roadmap.loading.datastore import open_datastore
from ckanext.roadmap.loading.errors import BusyError
from ckanext.roadmap.loading.publish import finish_files, unpublished
from ckanext.roadmap.loading.report import LoadReport

from .conftest import NOW, World

BEFORE = ("extract", "gate", "apply", "swap")
AFTER = ("swapped", "publish", "done")


def die_at(phase: str, plan: object, source: object, target: object) -> None:
    """Loads, and is killed when a phase begins."""

    def progress(begun: str, _report: LoadReport) -> None:
        if begun == phase:
            os.kill(os.getpid(), signal.SIGKILL)

    engine.run(plan, source, target, lambda: NOW, progress)  # type: ignore[arg-type]


def killed(world: World, phase: str, run_id: str) -> None:
    plan = replace(world.plan, run_id=run_id)
    process = multiprocessing.get_context("fork").Process(
        target=die_at, args=(phase, plan, world.source, world.target)
    )
    process.start()
    process.join(30)
    assert process.exitcode == -signal.SIGKILL


def again(world: World) -> LoadReport:
    """The next load; the dead one's lock goes with its connection, which the server may take a moment to see."""
    for _ in range(600):
        try:
            return world.load()
        except BusyError:
            time.sleep(0.1)
    raise AssertionError("the dead load still holds the resource")


@pytest.fixture(params=[("id",), ()], ids=["merge", "swap"])
def changed(world: World, request: pytest.FixtureRequest) -> World:
    world.plan = replace(world.plan, key=request.param)
    world.load()
    world.sql("UPDATE schools SET pupils = 0 WHERE id <= 14; DELETE FROM schools WHERE id = 100")
    return world


@pytest.mark.parametrize("phase", BEFORE)
def test_before_the_swap_old_rows_stay(changed: World, phase: str):
    old = changed.live()
    killed(changed, phase, f"dead-{phase}-{changed.plan.resource_id}")
    assert changed.live() == old
    report = again(changed)
    assert (report.outcome, report.rows_updated, report.rows_deleted) == ("applied", 14, 1)
    assert len(changed.live()) == 99
    assert changed.staging() == []


@pytest.mark.parametrize("phase", AFTER)
def test_after_the_swap_new_rows_are_live_and_remembered(changed: World, phase: str):
    killed(changed, phase, f"dead-{phase}-{changed.plan.resource_id}")
    assert len(changed.live()) == 99
    with open_datastore(changed.target.url).cursor() as cursor:
        applied = of_run(cursor, f"dead-{phase}-{changed.plan.resource_id}")
    assert applied
    assert applied.report["rows_updated"] == 14
    finish_files(changed.target.folder, changed.plan.resource_id, f"dead-{phase}-{changed.plan.resource_id}")
    assert changed.csv().count(b"\r\n") == 100
    report = again(changed)
    assert report.outcome == "unchanged"
    assert len(changed.live()) == 99


def test_random_moments(changed: World):
    """Killed at moments of chance from its first to its last, ten times; after that one load makes all well."""
    seed = random.randrange(1 << 32)
    chance, begun = random.Random(seed), time.monotonic()
    changed.rehearse()
    length = 1.5 * (time.monotonic() - begun)
    for number in range(10):
        plan = replace(changed.plan, run_id=f"random-{number}-{changed.plan.resource_id}")
        process = multiprocessing.get_context("fork").Process(
            target=engine.run, args=(plan, changed.source, changed.target, lambda: NOW)
        )
        process.start()
        process.join(chance.random() * length)
        process.kill()
        process.join()
        assert len(changed.live()) in (100, 99), seed
        assert changed.csv().count(b"\r\n") in (101, 100), seed
    again(changed)
    for run_id in unpublished(changed.target.folder, changed.plan.resource_id):
        finish_files(changed.target.folder, changed.plan.resource_id, run_id)
    assert len(changed.live()) == len({row[2] for row in changed.live()}) == 99, seed
    assert changed.csv().count(b"\r\n") == 100, seed
    assert (changed.staging(), changed.parts()) == ([], []), seed
