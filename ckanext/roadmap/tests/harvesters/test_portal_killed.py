"""The harvest worker as a real process, killed in the middle of reading a catalogue and of moving its datasets."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

import ckan.plugins.toolkit as tk
from ckan import model
from ckan.lib.redis import connect_to_redis

from ckanext.harvest import queue
from ckanext.harvest.model import HarvestObject
from ckanext.roadmap import jobs
from ckanext.roadmap.model import MovedDataset
from ckanext.roadmap.tests.acceptance.processes import Portal as Processes
from ckanext.roadmap.tests.acceptance.processes import wait_until
from ckanext.roadmap.tests.country import act
from ckanext.roadmap.tests.egov import Portal

from .test_portal import NAME, portal, start  # noqa: F401 - a fixture

pytestmark = pytest.mark.usefixtures("with_plugins")
COUNT = 24


@pytest.fixture
def processes(portal: Portal, tmp_path: Path) -> Iterator[Processes]:  # noqa: F811
    """A harvest worker that also runs the schedule, as in production."""
    lines = [
        "[app:main]", f"use = config:{tk.config['__file__']}", f"ckanext.roadmap.files_path = {tmp_path}",
        "ckanext.roadmap.http.allowed_networks = 127.0.0.1/32", "ckanext.roadmap.portal.questions_per_second = 1000",
    ]  # fmt: skip
    ini = tmp_path / "worker.ini"
    ini.write_text("\n".join(lines))
    started = Processes(tmp_path, ini, 0)
    try:
        yield started
    finally:
        started.stop()


def serve(processes: Processes) -> None:
    processes.start("harvest", "roadmap", "worker", "harvest", "--schedule-every", "1")


def minutes_pass() -> None:
    """What a dead worker held runs out, as it does by itself within minutes."""
    redis = connect_to_redis()
    for lease in redis.scan_iter(match="roadmap-lease:*"):
        redis.delete(lease)
    for mark in redis.scan_iter(match=f"{queue.get_fetch_routing_key()}:*"):
        redis.set(mark, str(datetime.now() - timedelta(minutes=9)))  # noqa: DTZ005 - the form ckanext-harvest parses


def count(*conditions: Any) -> int:
    model.Session.rollback()
    return model.Session.query(MovedDataset).filter(*conditions).count()


def moved() -> int:
    return count(MovedDataset.moved_at.is_not(None))


def test_killed_while_reading_and_while_moving(
    portal: Portal,  # noqa: F811
    processes: Processes,
    monkeypatch: pytest.MonkeyPatch,
):
    portal.fill(COUNT)
    portal.cap = 8
    answer, reached, go_on = portal.answer, threading.Event(), threading.Event()

    def slow(method: str, path: str, body: bytes) -> tuple[int, dict[str, str], bytes]:
        if "offset=16" in path and not go_on.is_set():
            reached.set()
            go_on.wait(60)
        return answer(method, path, body)

    monkeypatch.setattr(portal, "answer", slow)
    job_id = start()
    serve(processes)
    assert reached.wait(60), processes.logs()
    processes.kill("harvest")
    go_on.set()
    assert (count(), moved()) == (16, 0), "each page is kept as soon as it is read"

    minutes_pass()
    serve(processes)
    wait_until(lambda: moved() >= 5, 60, f"nothing moves\n{processes.logs()}")
    processes.kill("harvest")
    assert 5 <= moved() < COUNT, "killed in the middle of moving"
    pages = [one.partition("offset=")[2].partition("&")[0] for one in portal.asked if "gettable" in one]
    assert sorted(pages, key=int) == ["0", "8", "16", "16"], "what was read is not read again"

    minutes_pass()
    serve(processes)
    processes.start("loads", "jobs", "worker", jobs.FAST)
    loaded = (MovedDataset.state == "moved", MovedDataset.rows_state == "loaded")
    wait_until(
        lambda: count(*loaded) == COUNT,
        120,
        f"{act('roadmap_portal_report', connection=NAME)}\n{processes.logs()}",
    )
    wait_until(
        lambda: act("roadmap_harvest_progress", job_id=job_id)["finished"],
        60,
        f"not done\n{processes.logs()}",
    )
    found = act("package_search", rows=100, include_private=True)["results"]
    assert len({one["identifier"] for one in found}) == len(found) == COUNT
    assert {len(one["resources"]) for one in found} == {1}
    totals = {act("datastore_search", resource_id=one["resources"][0]["id"])["total"] for one in found}
    assert totals == {3}
    model.Session.rollback()
    objects: Any = HarvestObject
    current = [guid for (guid,) in model.Session.query(objects.guid).filter_by(current=True)]
    assert len(set(current)) == len(current) == COUNT
