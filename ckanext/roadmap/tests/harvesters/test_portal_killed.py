"""kill -9 at every step of a move: the next worker goes on; nothing twice, nothing lost, every id the same."""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Callable
from datetime import timedelta
from itertools import count
from pathlib import Path
from typing import Any

import pytest
import redis

import ckan.lib.jobs as ckan_jobs
import ckan.plugins.toolkit as tk
from ckan import logic, model
from ckan.lib.dictization import model_save

from ckanext.harvest import queue
from ckanext.harvest.model import HarvestObject
from ckanext.roadmap import jobs, moving_jobs
from ckanext.roadmap.harvesters import consumer, portal_gathering, portal_importing, rescuing, serving
from ckanext.roadmap.loading import engine
from ckanext.roadmap.loading.publish.places import CURRENT
from ckanext.roadmap.model import MovedDataset
from ckanext.roadmap.services import moving_loads, moving_readings, queue_jobs
from ckanext.roadmap.tests import egov
from ckanext.roadmap.tests.country import act
from ckanext.roadmap.tests.egov import Portal

from .test_portal import NAME, counts, harvest, portal, start  # noqa: F401 - a fixture

pytestmark = pytest.mark.usefixtures("with_plugins")
DATASETS, PAGE = 12, 5
Point = tuple[Any, str, int, bool]
MOVING: dict[str, Point] = {
    "a page is taken, and not committed": (moving_readings, "take", 2, True),
    "objects are written, and nobody heard of them": (portal_gathering, "_objects", 1, True),
    "some have heard of them": (queue.RedisPublisher, "send", 4, True),
    "between two datasets": (serving, "fetch_callback", 3, True),
    "in the middle of a dataset's resources": (model_save, "resource_dict_save", 2, True),
    "in the search index, and not in the database": (logic, "index_insert_package_dicts", 1, True),
    "in CKAN, and its record not written": (portal_importing, "_write", 2, True),
    "recorded, and its rows not asked for": (moving_jobs, "enqueue", 1, False),
    "begun, and not moved": (serving, "_begin", 2, True),
}
LOADING: dict[str, Point] = {
    "rows are staged": (engine.Engine, "_pass_gates", 1, True),
    "rows are public, and their files not": (engine, "publish_files", 1, False),
    "rows are public, and nothing shows them": (moving_jobs, "_show", 1, False),
    "rows are shown, and not noted": (moving_loads, "note", 1, False),
    "a load that waited is begun by the process of another": (queue_jobs, "take_next", 2, True),
    "it ends, and its job is still there": (moving_loads, "note", 2, True),
}


def killed_at(point: Point | None, work: Callable[[], None]) -> int | None:
    """Works in a process of its own; *point* is a function, its how manyth call, and whether that call ends."""
    model.Session.remove()
    assert model.meta.engine is not None
    model.meta.engine.dispose()

    def worker() -> None:
        if point is not None:
            _arm(*point)
        work()

    process = multiprocessing.get_context("fork").Process(target=worker)
    process.start()
    process.join(60)
    return process.exitcode


def _arm(place: Any, name: str, number: int, after: bool) -> None:
    whole, mine, calls = getattr(place, name), os.getpid(), count(1)

    def deadly(*args: Any, **more: Any) -> Any:
        fatal = next(calls) == number
        found = whole(*args, **more) if after or not fatal else None
        if fatal:
            for process in (mine, os.getpid()):  # a worker of the queue works in a child of its own
                os.kill(process, signal.SIGKILL)
        return found

    setattr(place, name, deadly)


def move() -> None:
    worker = consumer.Consumer(3600)
    while worker.step():
        pass


def load() -> None:
    ckan_jobs.Worker([jobs.FAST]).work(burst=True)


def time_passes() -> None:
    """What a dead worker held is given back."""
    store = consumer.open_redis()
    for key in store.scan_iter(match=rescuing.lease_of("*")):
        store.delete(key)


def moved() -> dict[str, tuple[str, str]]:
    """The ids of datasets and tables by what the catalogue knows them by."""
    model.Session.rollback()
    return {row.key: (row.dataset_id, row.resource_id) for row in model.Session.query(MovedDataset)}


def test_a_move_goes_on_after_each_kill(portal: Portal, monkeypatch: pytest.MonkeyPatch):  # noqa: F811
    portal.fill(DATASETS)
    portal.cap = PAGE
    for name, value in (("RESTED", timedelta(0)), ("BEAT", timedelta(0))):
        monkeypatch.setattr(moving_jobs, name, value)
    job_id = start()
    known: dict[str, tuple[str, str]] = {}
    for what, point in MOVING.items():
        assert killed_at(point, move) == -signal.SIGKILL, f"never came to: {what}"
        time_passes()
        assert known.items() <= moved().items(), what
        known = moved()
    assert len(known) == DATASETS
    assert killed_at(None, move) == 0
    for what, point in LOADING.items():
        assert killed_at(point, load) == -signal.SIGKILL, f"never came to: {what}"
        moving_jobs.rescue()
    assert killed_at(None, load) == 0
    assert moved() == known
    assert act("roadmap_harvest_progress", job_id=job_id)["finished"]
    whole_and_once(known)

    asked = len(portal.asked)
    assert counts(harvest()) == {"seen": DATASETS, "unchanged": DATASETS}
    assert not [one for one in portal.asked[asked:] if "GetMainData" in one]
    assert moved() == known
    whole_and_once(known)


def whole_and_once(known: dict[str, tuple[str, str]]) -> None:
    report = act("roadmap_portal_report", connection=NAME, limit=100)
    assert [(one["state"], one["rows_state"], one["datasets"]) for one in report["states"]] == [
        ("moved", "loaded", DATASETS)
    ]
    shown = act("package_search", q="*:*", fq="dataset_type:dataset", rows=100)["results"]
    assert sorted(one["id"] for one in shown) == sorted(dataset for dataset, _table in known.values())
    assert {one["identifier"] for one in shown} == {egov.dataset(n)["name"] for n in range(1, DATASETS + 1)}
    stored = model.Session.query(model.Package.id).filter_by(type="dataset")
    assert {id_ for (id_,) in stored} == {one["id"] for one in shown}, "and no other, not even a deleted one"
    for one in shown:
        (table,) = one["resources"]
        assert table["id"] in {resource for _dataset, resource in known.values()}
        assert (table["datastore_active"], bool(table["last_modified"])) == (True, True)
        assert act("datastore_search", resource_id=table["id"])["total"] == 3
        views = act("resource_view_list", id=table["id"])
        assert [view["view_type"] for view in views] == ["datatables_view"]
        assert files(table["id"])
    objects = model.Session.query(HarvestObject.guid, HarvestObject.state).all()
    assert sorted(objects) == sorted((id_, "COMPLETE") for (id_,) in model.Session.query(MovedDataset.id))


def files(resource_id: str) -> list[str]:
    """What of a table can be fetched whole."""
    folder = Path(tk.config["ckanext.roadmap.files_path"]) / resource_id / CURRENT
    return [path.name for path in folder.iterdir()]


def test_a_redis_that_forgot_everything_ends_no_move(portal: Portal):  # noqa: F811
    portal.fill(2)
    start()
    store: redis.Redis = consumer.open_redis()
    store.flushdb()
    worker = consumer.Consumer(0)
    assert rescuing.rescue(store) == 1, "the gathering"
    assert rescuing.rescue(store) == 0, "it waits"
    assert worker.step()
    first = model.Session.query(HarvestObject).first()
    first.state = "IMPORT"
    model.Session.commit()
    store.flushdb()
    with worker._lease(f"{queue.get_fetch_routing_key()}:{first.id}"):
        assert rescuing.rescue(store) == 1, "the other is worked on"
    assert rescuing.rescue(store) == 1
    while worker.step():
        pass
    assert counts(act("roadmap_portal_report", connection=NAME)) == {"seen": 2, "new": 2}
    assert {state for (state,) in model.Session.query(HarvestObject.state)} == {"COMPLETE"}
