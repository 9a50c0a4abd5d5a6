"""Background jobs that load the rows of datasets that move here from other catalogues."""

from __future__ import annotations

import logging
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import rq
from rq.job import Job

import ckan.lib.jobs as ckan_jobs
import ckan.plugins.toolkit as tk
from ckan import model

from ckanext.roadmap import config, jobs
from ckanext.roadmap.domain.errors import RoadmapError
from ckanext.roadmap.loading.control import Control
from ckanext.roadmap.loading.report import LoadReport, Outcome
from ckanext.roadmap.model import ContentMark, MovedDataset
from ckanext.roadmap.model.columns import new_id
from ckanext.roadmap.services import (
    clock,
    connections,
    guarding,
    moving_loads,
    queue_jobs,
    reconcile,
    runs,
)
from ckanext.roadmap.services.showing import SHOWING
from ckanext.roadmap.sources.errors import SourceError

log = logging.getLogger(__name__)

ATTEMPTS = 2
PREFIX = "moved_"
TOGETHER = 60.0
"""So many seconds one process goes on with what waits next."""
RESTED = timedelta(minutes=10)
BEAT = timedelta(seconds=90)
"""A worker of the queue tells each half minute that it goes on."""
MOST_RESCUED = 200


def enqueue(row: MovedDataset) -> None:
    """Have the rows of a dataset loaded; one job that waits is enough."""
    name = jobs.BULK if (row.origin.get("rows") or 0) >= config.bulk_rows() else jobs.FAST

    def ask(job_id: str) -> None:
        tk.enqueue_job(
            load_rows,
            [row.id],
            title=f"Move {row.identifier or row.key}",
            queue=name,
            rq_kwargs=queue_jobs.of_a_load(job_id, ATTEMPTS, jobs.PAUSES),
        )

    queue_jobs.ask_once(_name(row), ask)


def load_rows(moved_id: str) -> str | None:
    """Loads the rows of a dataset of another catalogue, and of those that wait next: to begin a job takes
    longer than to load the few rows that most datasets have.

    :returns: how far they are
    """
    try:
        found = _load_rows(moved_id)
        _load_next()
    finally:
        SHOWING.show(idle=True)
    return found


def _load_next() -> None:
    """Whatever else waits gets its turn in between, in the order of the queue."""
    job = rq.get_current_job()
    if job is None:
        return
    queue = ckan_jobs.get_queue(ckan_jobs.remove_queue_name_prefix(job.origin or ""))
    until = time.monotonic() + TOGETHER
    while time.monotonic() < until and (taken := queue_jobs.take_next(queue, PREFIX)):
        model.Session.remove()
        try:
            _load_rows(taken.args[0], taken)
        except RoadmapError as error:
            log.warning("Rows of %s are loaded later: %s", taken.args[0], error)
            queue_jobs.give_back(queue, taken)
            return
        except Exception:
            queue_jobs.give_up(taken)
            raise
        taken.delete()
        SHOWING.show()


def _load_rows(moved_id: str, taken: Job | None = None) -> str | None:
    session: Any = model.Session()
    row = session.get(MovedDataset, moved_id)
    if row is None or row.moved_at is None:
        return None
    try:
        _finish_killed(row)
        report = _load(row, taken)
    except RoadmapError as error:
        session.rollback()
        moving_loads.note_failure(row, error)
        session.commit()
        if getattr(error, "code", "") in runs.OURS:
            raise
        return row.rows_state
    _finish(row, report)
    return row.rows_state


def rescue() -> int:
    """Asks again for the loads that a dead worker, or a lost queue, left undone.

    :returns: how many
    """
    count = 0
    rows = model.Session.scalars(MovedDataset.unloaded(clock.now() - RESTED).limit(MOST_RESCUED))
    for row in rows:
        queues = [ckan_jobs.get_queue(name) for name in (jobs.FAST, jobs.BULK)]
        if all(queue_jobs.is_dead(queue, _name(row), BEAT) for queue in queues):
            enqueue(row)
            count += 1
    return count


def _finish_killed(row: MovedDataset) -> None:
    """A worker that died between the two databases left rows that are public and noted nowhere."""
    if not row.rows_run:
        return
    report = reconcile.applied(connections.target(), row.resource_id, row.rows_run)
    if report is not None:
        _finish(row, report)


def _load(row: MovedDataset, taken: Job | None) -> LoadReport:
    catalogue = connections.catalogue(row.connection)
    look = catalogue.look(row.key)
    if not look.columns:
        raise SourceError(
            "catalogue_no_columns", "The catalogue tells no columns of this dataset, and no row.",
            "It may be empty there; it is tried again at the next harvest.",
        )  # fmt: skip
    run_id = new_id()
    row.columns, row.rows_run = moving_loads.columns_of(look.columns), run_id
    model.Session.commit()
    plan = moving_loads.plan_of(row, run_id)
    source = replace(connections.access(row.connection), catalogue=catalogue)
    job = rq.get_current_job()
    bulk = job is not None and str(job.origin).endswith(jobs.BULK)
    control = Control(lambda: False)

    def tell(_phase: str, _report: LoadReport) -> None:
        if taken is not None:
            taken.heartbeat(datetime.now(UTC), 0)

    return guarding.load(
        plan, source, connections.target(), clock.now, tell, control, config.load_slots(), bulk
    )


def _finish(row: MovedDataset, report: LoadReport) -> None:
    """What is public is shown first and noted last: whoever is killed in between is followed by a rescue."""
    if report.outcome == Outcome.APPLIED:
        _show(row, report)
        if row.rows is not None:
            row.changed_at = clock.now()
    moving_loads.note(row, report)
    model.Session.commit()


def _show(row: MovedDataset, report: LoadReport) -> None:
    at = datetime.now(UTC)
    pause = config.content_pause()
    touch = ContentMark.touch(row.dataset_id, row.resource_id, clock.now(), at, at + pause)
    model.Session.execute(touch)
    values = {"id": row.resource_id, "datastore_active": True, "last_modified": report.published_at}
    with SHOWING.later():
        resource = tk.get_action("resource_patch")(jobs.site_context(), values)
        asked = {"resource": resource, "create_datastore_views": True}
        tk.get_action("resource_create_default_resource_views")(jobs.site_context(), asked)


def _name(row: MovedDataset) -> str:
    return f"{PREFIX}{row.id}"
