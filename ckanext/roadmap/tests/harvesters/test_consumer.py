"""Our consumer idles as long as it likes, and lives through what kills others."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

import ckan.plugins.toolkit as tk
from ckan import model

from ckanext.harvest import queue
from ckanext.harvest.model import HarvestObject
from ckanext.roadmap.harvesters import consumer
from ckanext.roadmap.tests.country import act

from .conftest import CONNECTION, Chain

pytestmark = pytest.mark.usefixtures("with_plugins")


def test_waits_longer_than_the_library_would_and_then_harvests(chain: Chain, monkeypatch: pytest.MonkeyPatch):
    """One blocking wait of seven seconds, on the address without any timeout in it."""
    monkeypatch.setattr(consumer, "POLL", 7.0)
    monkeypatch.setitem(tk.config, "ckan.redis.url", tk.config["ckan.redis.url"].partition("?")[0])
    worker = consumer.Consumer(0)
    begun = time.monotonic()
    assert worker.step() is False
    assert time.monotonic() - begun > 6.5
    monkeypatch.setattr(consumer, "POLL", 0.2)
    started = act("roadmap_harvest_start", connection=CONNECTION)
    while worker.step():
        pass
    chain.load()
    assert act("roadmap_harvest_progress", job_id=started["job_id"])["mappings"][0]["outcome"] == "applied"


def test_a_bad_message_does_not_stop_it(chain: Chain, monkeypatch: pytest.MonkeyPatch):
    act("roadmap_harvest_start", connection=CONNECTION)
    worker = consumer.Consumer(0)
    worker.redis.lpush(queue.get_fetch_routing_key(), json.dumps({"harvest_object_id": "none"}))

    def broken(*_: object) -> None:
        raise RuntimeError("broken")

    monkeypatch.setattr("ckanext.roadmap.harvesters.probing.probe_mapping", broken)
    while worker.step():
        pass
    (found,) = model.Session.query(HarvestObject)
    assert (found.state, found.report_status) == ("ERROR", "errored")


def test_what_is_done_is_not_done_again(chain: Chain):
    chain.harvest()
    (found,) = model.Session.query(HarvestObject)
    worker = consumer.Consumer(0)
    worker.redis.rpush(queue.get_fetch_routing_key(), json.dumps({"harvest_object_id": found.id}))
    while worker.step():
        pass
    model.Session.expire_all()
    assert (found.state, found.retry_times) == ("COMPLETE", 1)


def test_what_another_holds_is_left_to_it(chain: Chain):
    act("roadmap_harvest_start", connection=CONNECTION)
    worker = consumer.Consumer(0)
    assert worker.step()
    (found,) = model.Session.query(HarvestObject)
    mark = f"{queue.get_fetch_routing_key()}:{found.id}"
    with worker._lease(mark) as mine:
        assert mine
        assert consumer.Consumer(0).step()
        model.Session.expire_all()
        assert found.state == "WAITING"


def test_mark_is_renewed_while_it_works(chain: Chain, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(consumer, "HEARTBEAT", 0.1)
    worker = consumer.Consumer(0)
    with worker._lease("ckanext-harvest:x:harvest_object_id:1") as mine:
        assert mine
        first = worker.redis.get("ckanext-harvest:x:harvest_object_id:1")
        time.sleep(0.4)
        assert worker.redis.get("ckanext-harvest:x:harvest_object_id:1") != first
    assert worker.redis.get("ckanext-harvest:x:harvest_object_id:1") is None


def test_stops_when_told(chain: Chain):
    worker = consumer.Consumer(0)
    threading.Timer(0.5, os.kill, (os.getpid(), signal.SIGTERM)).start()
    worker.run()


def test_command_idles_and_harvests(chain: Chain, test_ini: Path):
    """The real command in a process of its own."""
    command = [str(Path(sys.executable).parent / "ckan"), "-c", str(test_ini), "roadmap", "worker", "harvest"]
    environment = {
        **os.environ,
        "CKAN_SQLALCHEMY_URL": tk.config["sqlalchemy.url"],
        "CKAN_REDIS_URL": tk.config["ckan.redis.url"].partition("?")[0],
        "CKAN_SITE_ID": tk.config["ckan.site_id"],
    }
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        time.sleep(9)
        assert process.poll() is None
        started = act("roadmap_harvest_start", connection=CONNECTION)
        until = time.monotonic() + 30
        while time.monotonic() < until and not _imported():
            time.sleep(0.3)
        chain.load()
        assert (
            act("roadmap_harvest_progress", job_id=started["job_id"])["mappings"][0]["outcome"] == "applied"
        )
    finally:
        process.terminate()
        assert process.wait(15) == 0


def _imported() -> bool:
    model.Session.expire_all()
    return [found.state for found in model.Session.query(HarvestObject)] == ["COMPLETE"]
