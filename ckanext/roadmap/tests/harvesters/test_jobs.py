"""Load jobs: retries, crashes, reconciliation."""

from __future__ import annotations

import hashlib
import os
import signal
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import rq
import sqlalchemy as sa
from rq.job import Job

import ckan.lib.jobs as ckan_jobs
from ckan import model

from ckanext.roadmap import config, jobs
from ckanext.roadmap.loading import engine
from ckanext.roadmap.loading.errors import BusyError
from ckanext.roadmap.model import DataEventRow
from ckanext.roadmap.model.mapping import Mapping
from ckanext.roadmap.model.run import Run
from ckanext.roadmap.services import clock, guarding, runs
from ckanext.roadmap.sources import standing
from ckanext.roadmap.tests import postgres
from ckanext.roadmap.tests.country import act

from .conftest import Chain

pytestmark = pytest.mark.usefixtures("with_plugins")
load = engine.run


def all_runs() -> list[Run]:
    model.Session.expire_all()
    return list(model.Session.scalars(Run.newest().order_by(None).order_by(Run.started_at)))


def kinds() -> list[str]:
    return list(model.Session.scalars(sa.select(DataEventRow.kind).order_by(DataEventRow.seq)))


def kill_first_attempt_at(monkeypatch: pytest.MonkeyPatch, phase: str) -> None:
    """The first process that gets to *phase* is killed; those after it live."""

    def run(plan: Any, source: Any, target: Any, now: Any, progress: Any, **more: Any) -> Any:
        job = rq.get_current_job()

        def watched(begun: str, report: Any) -> None:
            progress(begun, report)
            if begun == phase and job is not None and job.retries_left == runs.ATTEMPTS:
                os.kill(os.getpid(), signal.SIGKILL)

        return load(plan, source, target, now, watched, **more)

    monkeypatch.setattr(engine, "run", run)


class TestKill:
    @pytest.mark.parametrize("phase", ["extract", "gate", "swap"])
    def test_before_the_swap(self, chain: Chain, monkeypatch: pytest.MonkeyPatch, phase: str):
        chain.harvest()
        chain.sql("UPDATE schools SET pupils = 0 WHERE id <= 14")
        kill_first_attempt_at(monkeypatch, phase)
        (row,) = chain.harvest()["mappings"]
        assert (row["outcome"], row["run"]["rows_changed"], row["run"]["attempt"]) == ("applied", 14, 2)
        dead = all_runs()[1]
        assert (dead.outcome, dead.phase, dead.error and dead.error["code"]) == (
            "failed",
            runs.STEPS.get(phase, phase),
            "interrupted",
        )
        assert kinds() == ["changed", "changed"]
        assert sum(row["pupils"] == 0 for row in chain.search()) == 14

    @pytest.mark.parametrize("phase", ["swapped", "done"])
    def test_after_the_swap(self, chain: Chain, monkeypatch: pytest.MonkeyPatch, phase: str):
        chain.harvest()
        chain.sql("UPDATE schools SET pupils = 0 WHERE id <= 14")
        kill_first_attempt_at(monkeypatch, phase)
        (row,) = chain.harvest()["mappings"]
        assert (row["outcome"], row["run"]["attempt"]) == ("unchanged", 2)
        dead = all_runs()[1]
        assert (dead.outcome, dead.rows_updated) == ("applied", 14)
        assert kinds() == ["changed", "changed", "unchanged"]
        resource = act("resource_show", id=dead.resource_id)
        assert resource["hash"] == dead.files[0]["sha256"]


class TestLedgersServer:
    """CKAN's own database restarts under a load: the load loses its connection to it."""

    @pytest.mark.parametrize("phase", ["extract", "swapped"])
    def test_nothing_is_lost(self, chain: Chain, monkeypatch: pytest.MonkeyPatch, phase: str):
        chain.harvest()
        chain.sql("UPDATE schools SET pupils = 0 WHERE id <= 14")

        def run(plan: Any, source: Any, target: Any, now: Any, progress: Any, **more: Any) -> Any:
            job = rq.get_current_job()

            def watched(begun: str, report: Any) -> None:
                if begun == phase and job is not None and job.retries_left == runs.ATTEMPTS:
                    own = model.Session.scalar(sa.text("SELECT pg_backend_pid()"))
                    postgres.rows(postgres.ADMIN, "SELECT pg_terminate_backend(%s, 5000)", own)
                progress(begun, report)

            return load(plan, source, target, now, watched, **more)

        monkeypatch.setattr(engine, "run", run)
        chain.harvest()
        went_live = phase == "swapped"
        first, second = all_runs()[1:]
        assert (first.outcome, second.outcome) == (
            ("applied", "unchanged") if went_live else ("failed", "applied")
        )
        assert first.error is None if went_live else first.error["code"] == "internal"
        served = first if went_live else second
        assert (served.rows_updated, sum(row["pupils"] == 0 for row in chain.search())) == (14, 14)
        files = config.files_folder() / served.resource_id
        assert (files / "current").resolve().name == served.id
        assert (
            hashlib.sha256((files / "current/data.csv").read_bytes()).hexdigest() == served.files[0]["sha256"]
        )
        assert act("resource_show", id=served.resource_id)["hash"] == served.files[0]["sha256"]
        assert list(files.glob(".*")) == []
        assert kinds() == ["changed", "changed", *["unchanged"] * went_live]


class TestReconcile:
    def test_ends_what_nobody_works_on(self, chain: Chain):
        mapping = model.Session.scalars(Mapping.by_name("schools")).one()
        runs.begin(model.Session(), clock.now(), mapping, None)
        model.Session.commit()
        (ended,) = act("roadmap_run_reconcile")
        assert (ended["outcome"], ended["error"]["code"]) == ("failed", "interrupted")
        assert act("roadmap_run_reconcile") == []
        assert kinds() == []

    def test_a_run_taken_for_dead_may_still_end_well(self, chain: Chain, monkeypatch: pytest.MonkeyPatch):
        def run(plan: Any, source: Any, target: Any, now: Any, progress: Any, **more: Any) -> Any:
            jobs.reconcile_runs()
            return load(plan, source, target, now, progress, **more)

        monkeypatch.setattr(engine, "run", run)
        (row,) = chain.harvest()["mappings"]
        assert (row["outcome"], row["error"]) == ("applied", None)
        assert kinds() == ["changed"]

    def test_rescue_asks_again_for_what_a_dead_worker_had(
        self, chain: Chain, monkeypatch: pytest.MonkeyPatch
    ):
        monkeypatch.setattr(jobs, "GRACE", timedelta(0))
        act("roadmap_harvest_start", connection="education")
        chain.consume()
        mapping = model.Session.scalars(Mapping.by_name("schools")).one()
        job_id = f"load_{mapping.resource_id}"
        queue = ckan_jobs.get_queue(jobs.FAST)
        job = Job.fetch(job_id, connection=queue.connection)
        queue.remove(job)
        with queue.connection.pipeline() as pipeline:
            job.prepare_for_execution("dead-worker", pipeline)
            pipeline.execute()
        runs.begin(model.Session(), clock.now(), mapping, None)
        model.Session.commit()
        assert jobs.rescue() == [job_id]
        chain.load()
        assert [run.outcome for run in all_runs()] == ["failed", "applied"]
        assert jobs.rescue() == []


class TestBelief:
    """How long a source is believed that nothing has changed."""

    @pytest.fixture
    def stamped(self, chain: Chain) -> Chain:
        """A mapping with a watermark, which tells nothing of a row that is changed without it."""
        chain.sql("ALTER TABLE schools ADD changed_on date DEFAULT '2023-04-01'")
        chain.map(
            columns=["id", "code", "region", "name", "pupils", "changed_on"], watermark_column="changed_on"
        )
        return chain

    def choices(self) -> list[str]:
        return [run.choice["code"] if run.choice else "" for run in all_runs()]

    def test_after_so_many_looks_the_rows_are_read(self, stamped: Chain, ckan_config: Any, monkeypatch: Any):
        monkeypatch.setitem(ckan_config, config.FULL_READ_LOOKS, 2)
        for _ in range(3):
            stamped.harvest()
        stamped.sql("UPDATE schools SET pupils = 0 WHERE id <= 14")
        stamped.harvest()
        assert self.choices() == ["first", "probe_same", "probe_same", "few_changed"]
        assert sum(row["pupils"] == 0 for row in stamped.search()) == 14
        stamped.harvest()
        assert self.choices()[-1] == "probe_same"

    def test_after_so_many_days_the_rows_are_read(self, stamped: Chain):
        stamped.harvest()
        stamped.harvest()
        read = all_runs()[0]
        read.started_at -= timedelta(days=8)
        model.Session.commit()
        stamped.harvest()
        stamped.harvest()
        assert self.choices() == ["first", "probe_same", "hash_same", "probe_same"]

    def test_another_mapping_of_the_same_source_is_read(self, stamped: Chain):
        """Number of rows and watermark are the same; the column is another one."""
        stamped.harvest()
        columns = ["id", "code", "region", {"name": "name", "source": "code"}, "pupils", "changed_on"]
        stamped.map(columns=columns, watermark_column="changed_on")
        stamped.harvest()
        assert self.choices() == ["first", "many_changed"]
        assert stamped.search()[6]["name"] == "0000007"
        stamped.harvest()
        assert self.choices()[-1] == "probe_same"


class TestFile:
    def test_a_file_is_harvested_like_a_table(self, chain: Chain, tmp_path: Path, monkeypatch: Any):
        """`file://` and a folder: the mapping's table names the file in it."""
        monkeypatch.setattr(standing, "TICK", 0.0)
        monkeypatch.setenv("CKANEXT__ROADMAP__CONNECTION__EDUCATION__URL", f"file://{tmp_path}/")
        file = tmp_path / "maktablar.csv"
        lines = [f"{n},{n:07d},1703,maktab {n},{n}" for n in range(1, 101)]
        file.write_text("\n".join(["id,code,region,name,pupils", *lines]))
        chain.map(table="maktablar.csv", schema="")
        (row,) = chain.harvest()["mappings"]
        assert (row["outcome"], row["run"]["rows_in"], row["run"]["choice"]["code"]) == (
            "applied",
            100,
            "first",
        )
        assert chain.search()[6]["code"] == "0000007"
        (row,) = chain.harvest()["mappings"]
        assert row["run"]["choice"]["code"] == "probe_same"
        file.write_text(
            "\n".join(["id,code,region,name,pupils", *lines[:-1], "100,0000100,1703,yangi nom,7"])
        )
        (row,) = chain.harvest()["mappings"]
        assert (row["outcome"], row["run"]["rows_updated"]) == ("applied", 1)
        file.write_text("id,code\n1,2\n")
        (row,) = chain.harvest()["mappings"]
        assert (row["outcome"], row["run"]["error"]["code"]) == ("failed", "columns_missing")
        assert chain.search()[-1]["name"] == "yangi nom"
        assert kinds() == ["changed", "unchanged", "changed", "failed"]


class TestQueue:
    def test_one_load_a_resource_waits(self, chain: Chain):
        mapping = model.Session.scalars(Mapping.by_name("schools")).one()
        first = jobs.enqueue_load(mapping.id, mapping.resource_id, None, 0)
        assert jobs.enqueue_load(mapping.id, mapping.resource_id, None, 0) == first
        assert ckan_jobs.get_queue(jobs.FAST).count == 1

    def test_big_tables_go_to_the_bulk_queue(self, chain: Chain):
        mapping = model.Session.scalars(Mapping.by_name("schools")).one()
        jobs.enqueue_load(mapping.id, mapping.resource_id, None, 10**6)
        assert f"load_{mapping.resource_id}" in ckan_jobs.get_queue(jobs.BULK).job_ids

    def test_a_busy_resource_is_tried_again_and_is_nobodys_fault(
        self, chain: Chain, monkeypatch: pytest.MonkeyPatch
    ):
        def busy(*_: object, **_more: object) -> None:
            raise BusyError

        monkeypatch.setattr(guarding, "BUSY_WAITS", ())
        monkeypatch.setattr(engine, "run", busy)
        (row,) = chain.harvest()["mappings"]
        assert (row["outcome"], row["run"]["attempt"], row["run"]["error"]["code"]) == ("failed", 4, "busy")
        assert kinds() == []

    def test_a_mapping_that_has_gone_is_no_fault(self, chain: Chain):
        assert jobs.load_mapping("none") is None

    def test_load_by_hand(self, chain: Chain):
        chain.harvest()
        act("roadmap_load_enqueue", name="schools")
        chain.load()
        assert [run.outcome for run in all_runs()] == ["applied", "unchanged"]
