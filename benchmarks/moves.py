"""The move of a whole portal: `python -m benchmarks.moves --datasets 13000`.

A made-up copy of the present portal answers on the loopback; a real harvest worker moves it into a portal
on a database of its own, with Solr; the rows of some datasets are loaded, and all is read once more. `--json`
prints a list of `{name, value, unit, required, ok}`, `--markdown` the table of docs/performance.md. With
`--keep NAME` the database stays; with `--seconds N` the worker is killed after so long, and the same command
goes on.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from psycopg2 import sql

import ckan.plugins.toolkit as tk
from ckan import model
from ckan.lib.redis import connect_to_redis
from ckan.tests import factories

from ckanext.harvest.model import HarvestJob
from ckanext.roadmap.model import MovedDataset
from ckanext.roadmap.tests import country, egov, postgres
from ckanext.roadmap.tests.acceptance.processes import Portal as Processes

from benchmarks import compliance, old_portal, portal
from benchmarks.compliance import OWNER, Result, result

NAME = "old_portal"
POLITE = 2
ROUNDS = 5
PIECES = "benchmark_moves"
ROWS = "rows"  # what stands there in the place of a job
FIRST_PORT = 24_000
LOOK = 3.0  # to look costs more, the more datasets there are


@dataclass(frozen=True)
class Moving:
    """The portal that is left, where the workers write, until when they work, and how many they are."""

    old: egov.Portal
    folder: Path
    until: float
    workers: int


class NotDoneError(Exception):
    """The time of this piece is over; the next one goes on."""


def main() -> None:
    """Measure, and print as asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--datasets", type=int, default=13_000)
    parser.add_argument("--rows", type=int, default=200, help="how many of them have rows, which are loaded")
    parser.add_argument("--workers", type=int, default=1, help="how many move, or load, beside each other")
    parser.add_argument("--keep", metavar="NAME", help="name of a database that stays, and is gone on with")
    parser.add_argument("--seconds", type=float, default=86_400, help="kill the worker after so long")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--markdown", action="store_true")
    asked = parser.parse_args()
    try:
        found = run(asked.datasets, asked.rows, asked.keep, asked.seconds, asked.workers)
    except NotDoneError as error:
        sys.exit(f"{error}: run it again")
    if asked.json:
        print(json.dumps(found, indent=1))
    else:
        print(table(found, asked.datasets) if asked.markdown else compliance.lines(found))


def run(count: int, rows: int, keep: str | None, seconds: float, workers: int) -> list[Result]:
    """Move, or go on moving, and measure once all is done."""
    until = time.monotonic() + seconds
    with compliance.kept(keep) if keep else postgres.database("roadmap_moves", OWNER[0]) as name:
        portal.choose(postgres.as_role(*OWNER, name))
        with egov.serving(port=_port(keep)) as old, tempfile.TemporaryDirectory() as folder:
            os.environ[f"CKANEXT__ROADMAP__CONNECTION__{NAME.upper()}__URL"] = old.url
            app = portal.start(datetime.now(UTC))
            old.datasets = old_portal.datasets(count, rows)
            old.rows = {one["structId"]: egov.rows(n, 3) for n, one in enumerate(old.datasets[:rows])}
            _prepare(count)
            try:
                return list(_measured(app, Moving(old, Path(folder), until, workers)))
            finally:
                if not keep:
                    _clear()
                compliance.disconnect()


def _port(keep: str | None) -> int:
    """A portal that is read again stands where it stood: the addresses of its datasets are told too."""
    return FIRST_PORT + zlib.crc32(keep.encode()) % 1000 if keep else 0


def _prepare(count: int) -> None:
    is_there = sa.inspect(model.Session.connection()).has_table(PIECES)
    connect_to_redis().flushdb()  # what was asked for before is found in the database
    if is_there:
        return
    portal.create_tables()
    country.import_bodies(country.BODIES + old_portal.register(count).partition("\n")[2])
    model.Session.execute(
        sa.text(f"CREATE TABLE {PIECES} (job text, memory float, questions int, seconds float)")
    )
    model.Session.commit()


def _measured(app: Any, moving: Moving) -> Iterator[Result]:
    count, rows = len(moving.old.datasets), len(moving.old.rows)
    first = _job(0) or country.act("roadmap_harvest_start", connection=NAME)["job_id"]
    _work(moving, first, _is_moved)
    _work(moving, ROWS, _are_loaded, "jobs", "worker", "roadmap-fast")
    second = _job(1) or country.act("roadmap_harvest_start", connection=NAME)["job_id"]
    _work(moving, second, _is_moved)
    yield from _first(first, count)
    yield result("rows.datasets_loaded_per_second", rows / _told(ROWS)["seconds"], "datasets/s")
    yield result("rows.memory_of_a_worker", _told(ROWS)["memory"], "MB", 300)
    yield from _again(first, second, count, rows)
    yield from _pages(app)


def _first(job_id: str, count: int) -> Iterator[Result]:
    job: Any = HarvestJob.get(job_id)
    gathering = (job.gather_finished - job.gather_started).total_seconds()
    told = _told(job_id)
    yield result("moved.datasets", _count(MovedDataset.state == "moved"), "datasets")
    yield result("moved.not_moved", _count(MovedDataset.state != "moved"), "datasets", 0)
    yield result("moved.reading_the_catalogue", gathering, "s")
    writing = told["seconds"] - gathering
    yield result("moved.writing_the_datasets", writing, "s")
    yield result("moved.datasets_per_second", count / writing, "datasets/s")
    yield result("moved.memory_of_the_worker", told["memory"], "MB", 300)
    pages = told["questions"]
    yield result("moved.questions_for_the_catalogue", pages, "questions")
    yield result("moved.hours_at_two_questions_a_second", (pages + count) / POLITE / 3600, "h")


def _again(first: str, second: str, count: int, rows: int) -> Iterator[Result]:
    job: Any = HarvestJob.get(second)
    asked = _told(second)["questions"]
    stored = model.Session.query(model.Package).filter_by(type="dataset")
    identifiers = sa.text(
        "SELECT count(DISTINCT extras ->> 'identifier') FROM package WHERE type = 'dataset'"
    )
    kept = model.Session.scalar(identifiers) or 0
    yield result("again.reading", (job.gather_finished - job.gather_started).total_seconds(), "s")
    yield result("again.questions", asked, "questions")
    yield result("again.questions_spared", _told(first)["questions"] + rows - asked, "questions")
    yield result("again.datasets_written", len(job.objects), "datasets", 0)
    yield result("again.duplicates", stored.count() - count, "datasets", 0)
    yield result("again.identifiers_lost", count - kept, "identifiers", 0)


def _pages(app: Any) -> Iterator[Result]:
    user = factories.UserWithToken()
    country.act("organization_member_create", id="statistics-agency", username=user["name"], role="member")
    headers = {"Authorization": user["token"]}
    addresses = {
        "dataset": "/dataset/", "organization": "/organization/", "compliance": "/compliance",
        "moves": "/moves", "move": f"/moves/{NAME}",
        "move_refused": f"/moves/{NAME}?state=failed", "move_words": f"/moves/{NAME}?q=12",
    }  # fmt: skip
    works: dict[str, Callable[[], object]] = {
        name: lambda path=path: app.get(path, status=200, headers=headers) for name, path in addresses.items()
    }
    for name, seconds in portal.side_by_side(works, ROUNDS).items():
        yield result(f"page.{name}", 1000 * seconds, "ms")


def _work(moving: Moving, job: str, is_done: Callable[[str], bool], *words: str) -> None:
    """Let workers work until all is done; they are killed when the time is over."""
    if is_done(job):
        return
    began, asked, memory = time.monotonic(), len(moving.old.asked), 0.0
    words = words or ("roadmap", "worker", "harvest", "--schedule-every", "60")
    with _running(moving, words) as processes:
        try:
            while not is_done(job):
                memory = max(memory, *(_memory(process.pid) for process in processes))
                if time.monotonic() > moving.until:
                    raise NotDoneError(f"{_count(MovedDataset.state == 'moved')} datasets have moved")
                time.sleep(LOOK)
        finally:
            _tell(job, memory, len(moving.old.asked) - asked, time.monotonic() - began)


@contextmanager
def _running(moving: Moving, words: tuple[str, ...]) -> Iterator[list[Any]]:
    lines = {
        "use": f"config:{tk.config['__file__']}",
        "testing": "false",  # tests open a connection for each transaction
        "ckanext.roadmap.http.allowed_networks": "127.0.0.1/32",
        "ckanext.roadmap.portal.questions_per_second": 1_000_000,
        "ckanext.roadmap.files_path": moving.folder,
    }
    ini = moving.folder / "worker.ini"
    ini.write_text("[app:main]\n" + "\n".join(f"{name} = {value}" for name, value in lines.items()))
    processes = Processes(moving.folder, ini, 0)
    for number in range(moving.workers):
        processes.start(f"worker-{number}", *words)
    try:
        yield list(processes.processes.values())
    finally:
        for name in list(processes.processes):
            processes.kill(name)


def _memory(pid: int) -> float:
    """The most that a process has held, in MB."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except FileNotFoundError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM")), 0.0)


def _is_moved(job_id: str) -> bool:
    model.Session.rollback()
    return bool(country.act("roadmap_harvest_progress", job_id=job_id)["finished"])


def _are_loaded(_job: str) -> bool:
    model.Session.rollback()
    return not _count(MovedDataset.rows_state == "waiting")


def _count(condition: Any) -> int:
    return model.Session.scalar(sa.select(sa.func.count()).select_from(MovedDataset).where(condition)) or 0


def _job(place: int) -> str | None:
    job: Any = HarvestJob
    found = model.Session.query(job.id).order_by(job.created).offset(place).first()
    return found[0] if found else None


def _tell(job: str, memory: float, questions: int, seconds: float) -> None:
    model.Session.rollback()
    values = {"job": job, "memory": memory, "questions": questions, "seconds": seconds}
    insert = sa.text(f"INSERT INTO {PIECES} VALUES (:job, :memory, :questions, :seconds)")
    model.Session.execute(insert, values)
    model.Session.commit()


def _told(job: str) -> dict[str, Any]:
    query = sa.text(
        "SELECT max(memory) AS memory, sum(questions) AS questions, sum(seconds) AS seconds "
        f"FROM {PIECES} WHERE job = :job"
    )
    return dict(model.Session.execute(query, {"job": job}).mappings().one())


def _clear() -> None:
    portal.empty_search()
    for (resource_id,) in model.Session.execute(sa.select(MovedDataset.resource_id)).tuples():
        drop = sql.SQL("DROP TABLE IF EXISTS {}").format(sql.Identifier(resource_id))
        postgres.rows(tk.config["ckan.datastore.write_url"], drop)


def table(found: list[Result], count: int) -> str:
    """For docs/performance.md."""
    return compliance.table(found, count).replace(" bodies on ", " datasets on ", 1)


if __name__ == "__main__":
    main()
