"""Workers as real processes, as if each had a host of its own, on one Redis and one PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import ckan.plugins.toolkit as tk
from ckan import model
from ckan.lib.redis import connect_to_redis

from ckanext.roadmap import jobs
from ckanext.roadmap.model.mapping import Mapping
from ckanext.roadmap.model.run import Run
from ckanext.roadmap.tests import postgres
from ckanext.roadmap.tests.acceptance.processes import Portal, wait_until
from ckanext.roadmap.tests.country import act

from .conftest import Chain

pytestmark = pytest.mark.usefixtures("with_plugins")
SLOW = (
    "ALTER TABLE schools RENAME TO slowly; CREATE VIEW schools AS SELECT id, code, region, name,"
    " CASE WHEN pg_sleep(0.03) IS NOT NULL THEN pupils END AS pupils FROM slowly; GRANT SELECT ON schools TO PUBLIC"
)


@pytest.fixture
def workers(chain: Chain, tmp_path: Path) -> Iterator[Portal]:
    """Three workers of one queue."""
    lines = [
        "[app:main]", f"use = config:{tk.config['__file__']}", f"ckanext.roadmap.files_path = {tmp_path}",
        f"ckanext.roadmap.connection.education.url = {chain.url}",
    ]  # fmt: skip
    ini = tmp_path / "worker.ini"
    ini.write_text("\n".join(lines))
    started = Portal(tmp_path, ini, 0)
    try:
        for number in range(3):
            started.start(f"worker-{number}", "jobs", "worker", jobs.FAST)
        yield started
    finally:
        started.stop()


def outcomes() -> list[str]:
    model.Session.rollback()
    found = model.Session.scalars(Run.newest().order_by(None).order_by(Run.started_at))
    return [run.outcome or run.phase for run in found]


def ended(count: int) -> bool:
    found = outcomes()
    return len(found) == count and set(found) <= {"applied", "unchanged", "failed"}


def served(chain: Chain, pupils: int) -> int:
    model.Session.rollback()  # as at the end of a request: nothing may wait for this process
    return sum(row["pupils"] == pupils for row in chain.search())


def test_workers_share_the_loads_and_a_flushed_redis_loses_none(chain: Chain, workers: Portal):
    """Loads of one table asked for at once follow each other; then Redis forgets everything in the middle."""
    mapping = model.Session.scalars(Mapping.by_name("schools")).one()
    chain.sql(SLOW)
    act("roadmap_harvest_start", connection="education")
    chain.consume()
    wait_until(lambda: outcomes() == ["extract"], 60, f"the first load did not begin\n{workers.logs()}")
    for _ in range(4):
        jobs.enqueue_load(mapping.id, mapping.resource_id, None, 0)
    wait_until(lambda: ended(2), 120, f"the loads did not end: {outcomes()}\n{workers.logs()}")
    assert outcomes() == ["applied", "unchanged"]
    chain.sql("UPDATE slowly SET pupils = 0 WHERE id <= 14")
    act("roadmap_load_enqueue", name="schools")
    wait_until(lambda: outcomes()[2:] == ["extract"], 60, "the third load did not begin")
    connect_to_redis().flushdb()
    wait_until(
        lambda: served(chain, 0) == 14, 60, f"the third load did not end: {outcomes()}\n{workers.logs()}"
    )
    chain.sql("UPDATE slowly SET pupils = 1 WHERE id <= 14")
    act("roadmap_load_enqueue", name="schools")
    wait_until(
        lambda: served(chain, 1) == 14, 60, f"nobody serves after the flush: {outcomes()}\n{workers.logs()}"
    )
    wait_until(lambda: set(outcomes()) == {"applied", "unchanged"}, 60, f"a load goes on: {outcomes()}")
    assert (
        outcomes().count("applied") == 3
    )  # one whose job was forgotten is done again, and finds nothing to do
    counted = "SELECT count(*), count(DISTINCT run_id) FROM _roadmap_applied WHERE resource_id = %s"
    assert postgres.rows(tk.config["ckan.datastore.write_url"], counted, mapping.resource_id) == [(3, 3)]
