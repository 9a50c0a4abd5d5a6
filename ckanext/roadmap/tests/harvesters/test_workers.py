"""Workers as real processes on one Redis and one PostgreSQL; on hosts of their own, as far as one machine has them."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
import rq

import ckan.lib.jobs as ckan_jobs
import ckan.plugins.toolkit as tk
from ckan import model
from ckan.lib.redis import connect_to_redis

from ckanext.roadmap import config, jobs
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


HOST = ("unshare", "--uts", "--mount", "--pid", "--fork", "--kill-child", "--mount-proc", "sh", "-c")


@pytest.fixture
def portal(chain: Chain, tmp_path: Path) -> Iterator[Portal]:
    """Nothing of it runs yet."""
    lines = [
        "[app:main]", f"use = config:{tk.config['__file__']}", f"ckanext.roadmap.files_path = {tmp_path}",
        f"ckanext.roadmap.connection.education.url = {chain.url}",
    ]  # fmt: skip
    ini = tmp_path / "worker.ini"
    ini.write_text("\n".join(lines))
    made = Portal(tmp_path, ini, 0)
    yield made
    made.stop()


@pytest.fixture
def workers(portal: Portal) -> Portal:
    """Three workers of one queue."""
    for number in range(3):
        portal.start(f"worker-{number}", "jobs", "worker", jobs.FAST)
    return portal


@pytest.fixture
def hosts(portal: Portal) -> Portal:
    """Two hosts with a worker each: names, numbers of processes and temporary files of their own."""
    if subprocess.run([*HOST, "hostname host"], capture_output=True, check=False).returncode:
        pytest.skip("only who may make namespaces has hosts of his own")
    for name in ("host-a", "host-b"):
        own = portal.folder / name
        own.mkdir()
        begun = f'hostname {name} && cd {own} && TMPDIR={own} exec "$@"'
        portal.start(name, "jobs", "worker", jobs.FAST, within=(*HOST, begun, "sh"))
    return portal


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


def test_another_host_takes_over_from_one_that_dies(chain: Chain, hosts: Portal):
    """What the two share is Redis, PostgreSQL and the folder of the public files."""
    act("roadmap_harvest_start", connection="education")
    chain.consume()
    wait_until(lambda: outcomes() == ["applied"], 60, f"nobody loads\n{hosts.logs()}")
    before = chain.search()
    chain.sql("UPDATE schools SET pupils = 0 WHERE id <= 14")
    chain.sql(SLOW.replace("0.03", "0.5"))
    act("roadmap_load_enqueue", name="schools")
    wait_until(lambda: outcomes()[1:] == ["extract"], 60, f"no load began\n{hosts.logs()}")
    workers = rq.Worker.all(queue=ckan_jobs.get_queue(jobs.FAST))
    at_work = {worker.hostname: worker.get_current_job_id() for worker in workers}
    assert set(at_work) == {"host-a", "host-b"}
    (dying,) = [name for name, job in at_work.items() if job]
    hosts.kill(dying)
    model.Session.rollback()
    assert chain.search() == before
    chain.sql("DROP VIEW schools; ALTER TABLE slowly RENAME TO schools")
    hosts.start("schedule", "roadmap", "worker", "harvest", "--schedule-every", "1")
    wait_until(lambda: served(chain, 0) == 14, 120, f"nobody took over: {outcomes()}\n{hosts.logs()}")
    wait_until(lambda: outcomes() == ["applied", "failed", "applied"], 30, f"it does not end: {outcomes()}")
    dead = model.Session.scalars(Run.newest()).all()[1]
    assert (dead.error or {})["code"] == "interrupted"
    assert list((config.files_folder() / dead.resource_id).glob(".*")) == []
    staged = "SELECT tablename FROM pg_tables WHERE schemaname = 'roadmap_staging'"
    assert postgres.rows(tk.config["ckan.datastore.write_url"], staged) == []
