"""Background jobs: they take ids, and end their own transactions."""

from __future__ import annotations

import logging
import time
from datetime import timedelta
from functools import partial
from typing import Any

import rq
from redis.exceptions import RedisError
from rq.exceptions import DuplicateJobError

import ckan.lib.jobs as ckan_jobs
import ckan.plugins.toolkit as tk
from ckan import model, types

from ckanext.roadmap import config, held_jobs, search_jobs
from ckanext.roadmap.domain.errors import RoadmapError
from ckanext.roadmap.loading.control import CancelledError, Control
from ckanext.roadmap.loading.errors import LoadError
from ckanext.roadmap.loading.report import LoadReport, Outcome
from ckanext.roadmap.model.mapping import Mapping
from ckanext.roadmap.model.run import Run
from ckanext.roadmap.services import (
    clock,
    connections,
    guarding,
    harvest_objects,
    held_mail,
    holdings,
    queue_jobs,
    reconcile,
    runs,
    schedules,
)

log = logging.getLogger(__name__)

Tell = guarding.Tell
FAST, BULK = "roadmap-fast", "roadmap-bulk"
PAUSES = [2, 15, 60]
OBJECT_WAIT = 30.0
GRACE = timedelta(seconds=30)
LATEST = timedelta(hours=12)
"""How long a killed load is asked for again; shorter than the queue remembers those that failed."""


def enqueue_load(mapping_id: str, resource_id: str, harvest_object_id: str | None, rows: int) -> str:
    """Puts a load in its queue; one that waits there already is enough.

    :returns: the id of the job
    """
    queue = BULK if rows >= config.bulk_rows() else FAST
    job_id = f"load_{resource_id}"
    for name in (job_id, f"{job_id}_next"):
        if queue_jobs.is_under_way(ckan_jobs.get_queue(queue), name):
            continue
        try:
            _enqueue(queue, name, [mapping_id, harvest_object_id])
        except DuplicateJobError:
            log.info("Load %s waits already", name)
        return name
    return f"{job_id}_next"


def enqueue_resume(run: Run) -> None:
    """Has a held load go on, now that people agreed to it; :func:`rescue` asks again for what got lost."""
    queue = BULK if (run.rows_in or 0) >= config.bulk_rows() else FAST
    try:
        _enqueue(queue, _resuming(run), [run.mapping_id, run.harvest_object_id, None, run.id])
    except DuplicateJobError:
        log.info("Held load %s goes on already", run.id)
    except RedisError as error:
        log.warning("Held load %s goes on later: %s", run.id, type(error).__name__)


def load_mapping(
    mapping_id: str, harvest_object_id: str | None = None, watch: Tell | None = None,
    resumes: str | None = None,
) -> str | None:  # fmt: skip
    """Loads the table of a mapping.

    :param watch: is told of phases and rows as they come
    :param resumes: id of the held run to go on with, its rows instead of the source's
    :returns: the outcome
    """
    session = model.Session()
    mapping = session.get(Mapping, mapping_id)
    if mapping is None:
        log.warning("Mapping %s has gone; nothing is loaded", mapping_id)
        return None
    _wait_for_object(harvest_object_id)
    reconcile_runs(mapping_id)
    run = runs.begin(session, clock.now(), mapping, harvest_object_id, _attempt(), resumes)
    session.commit()
    try:
        report = _load(run, mapping, watch)
    except CancelledError:
        return _cancel(run)
    except RoadmapError as error:
        _fail(run, mapping, runs.describe(error, run.phase))
        if isinstance(error, LoadError) and error.code in runs.OURS and _attempt() <= runs.ATTEMPTS:
            raise
        return runs.FAILED
    except Exception as error:
        session.rollback()
        fault = {
            "phase": run.phase,
            "code": "internal",
            "message": f"A fault of the portal: {type(error).__name__}.",
            "params": {"fault": type(error).__name__},
        }
        _fail(
            run,
            mapping,
            fault | {"remedy": "Tell the portal's operator; the log has the details."},
        )
        raise
    complete(run, mapping, report)
    return str(report.outcome)


def reconcile_runs(mapping_id: str | None = None) -> list[dict[str, Any]]:
    """Ends the runs that a crash left without an end.

    :returns: the runs, as the API gives them
    """
    ended: list[dict[str, Any]] = []
    for run, mapping, report in reconcile.leftovers(
        model.Session(), clock.now(), connections.target(), mapping_id
    ):
        if report is None and run.cancel_asked_at:
            _cancel(run)
        elif report is None:
            runs.fail(model.Session(), clock.now(), run, mapping, {**runs.INTERRUPTED, "phase": run.phase})
            model.Session.commit()
        else:
            complete(run, mapping, report)
        ended.append(runs.dictize(run))
    return ended


def rescue() -> list[str]:
    """Ends what dead workers left, and asks again for the loads that they did not get done.

    The queue would do so too, after ten minutes; not what it has lost itself. A held load that people
    agreed to goes on with its own rows: the source may hold others by now.

    :returns: the ids of the jobs
    """
    reconcile_runs()
    asked: list[str] = []
    for run in model.Session.scalars(Run.interrupted(clock.now() - LATEST)).all():
        if queue_jobs.is_dead(ckan_jobs.get_queue(FAST), f"load_{run.resource_id}", GRACE):
            rows = run.rows_in or run.rows_before or 0
            asked.append(enqueue_load(run.mapping_id, run.resource_id, run.harvest_object_id, rows))
    return asked + _resume_again()


def _resume_again() -> list[str]:
    """The loads that people agreed to, and nobody works on."""
    asked: list[str] = []
    folder = connections.target().folder
    for run in holdings.left(model.Session(), clock.now(), config.held_kept(), folder):
        if queue_jobs.is_dead(ckan_jobs.get_queue(FAST), _resuming(run), GRACE):
            enqueue_resume(run)
            asked.append(_resuming(run))
    return asked


def _resuming(run: Run) -> str:
    return f"resume_{run.id}"


def complete(run: Run, mapping: Mapping, report: LoadReport) -> None:
    """Ledger, data events, harvest object and resource, after the DataStore has committed."""
    session = model.Session()
    runs.finish(session, clock.now(), run, mapping, report)
    if report.outcome == Outcome.HELD and report.held:
        text = f"{report.held['message']} {report.held['remedy']}"
        harvest_objects.note_failure(session, run.harvest_object_id, text)
        held_mail.note(session, clock.now(), run)
    elif report.outcome == Outcome.UNCHANGED:
        harvest_objects.note_unchanged(session, run.harvest_object_id)
    session.commit()
    holdings.tidy(session, connections.target().folder, run)
    if report.outcome == Outcome.APPLIED:
        _patch_resource(mapping, report)
    if report.outcome == Outcome.HELD:
        if holdings.is_agreed(session, run):
            enqueue_resume(run)
        held_jobs.ask()
    search_jobs.ask(mapping)


def site_context() -> types.Context:
    """The portal itself acts."""
    user = tk.get_action("get_site_user")({"ignore_auth": True}, {})
    return types.Context(user=user["name"], ignore_auth=True)


def _load(run: Run, mapping: Mapping, watch: Tell | None) -> LoadReport:
    def tell(phase: str, report: LoadReport) -> None:
        holdings.refuse_late(model.Session(), run, phase)
        if phase == "extract" and not run.resumes:  # also while rows come: the window may close over them
            schedules.refuse_closed(mapping.connection, mapping.definition, clock.now())
        runs.set_phase(run, clock.now(), phase, report)
        model.Session.commit()
        if watch:
            watch(phase, report)

    plan, source = holdings.way(model.Session(), run, mapping)
    target = connections.target()
    control = Control(partial(guarding.is_asked, model.Session().get_bind(), run.id))
    job = rq.get_current_job()
    bulk = job is not None and str(job.origin).endswith(BULK)
    return guarding.load(plan, source, target, clock.now, tell, control, config.load_slots(), bulk)


def _cancel(run: Run) -> str:
    """Nothing was changed, nothing failed, and nothing is tried again."""
    session = model.Session()
    session.rollback()
    runs.cancel(session, clock.now(), run)
    harvest_objects.note_failure(session, run.harvest_object_id, f"The load was cancelled (run {run.id}).")
    session.commit()
    return runs.CANCELLED


def _fail(run: Run, mapping: Mapping, error: dict[str, Any]) -> None:
    session = model.Session()
    session.rollback()
    runs.fail(session, clock.now(), run, mapping, error)
    text = f"{error['message']} {error['remedy']} (run {run.id}, phase {error['phase']})"
    harvest_objects.note_failure(session, run.harvest_object_id, text)
    session.commit()
    log.error("Load of %s failed: %s", mapping.name, text)


def _patch_resource(mapping: Mapping, report: LoadReport) -> None:
    file = report.files[0]
    tk.get_action("resource_patch")(
        site_context(),
        {
            "id": mapping.resource_id,
            "size": file.bytes,
            "hash": file.sha256,
            "last_modified": report.published_at,
            "datastore_active": True,
        },
    )


def _wait_for_object(object_id: str | None) -> None:
    """The harvest consumer writes COMPLETE after it has asked for the load: let it."""
    until = time.monotonic() + OBJECT_WAIT
    while harvest_objects.is_waiting(model.Session(), object_id) and time.monotonic() < until:
        model.Session.rollback()
        time.sleep(0.2)


def _attempt() -> int:
    job = rq.get_current_job()
    if job is None or job.retries_left is None:
        return 1
    return runs.ATTEMPTS - job.retries_left + 1


def _enqueue(queue: str, job_id: str, args: list[Any]) -> None:
    tk.enqueue_job(
        load_mapping,
        args,
        title=f"Load {args[0]}",
        queue=queue,
        rq_kwargs=queue_jobs.of_a_load(job_id, runs.ATTEMPTS, PAUSES),
    )
