"""The background job that rehearses a mapping."""

from __future__ import annotations

import logging
from typing import Any

import rq
from rq.exceptions import DuplicateJobError

import ckan.lib.jobs as ckan_jobs
import ckan.plugins.toolkit as tk
from ckan import model

from ckanext.roadmap.domain.errors import RoadmapError
from ckanext.roadmap.loading.errors import BusyError
from ckanext.roadmap.loading.report import LoadReport
from ckanext.roadmap.model.mapping import Mapping
from ckanext.roadmap.services import clock, queue_jobs, tickets

log = logging.getLogger(__name__)
QUEUE = "roadmap-bulk"
PAUSES = [10, 60, 300]


def enqueue(mapping_id: str) -> str:
    """Puts a rehearsal in the queue; one that waits there already is enough.

    :returns: the id of the job
    """
    job_id = _job_id(mapping_id)
    if queue_jobs.is_under_way(ckan_jobs.get_queue(QUEUE), job_id):
        return job_id
    kwargs = queue_jobs.of_a_load(job_id, len(PAUSES), PAUSES)
    try:
        tk.enqueue_job(rehearse, [mapping_id], title="Rehearse", queue=QUEUE, rq_kwargs=kwargs)
    except DuplicateJobError:
        log.info("%s waits already", job_id)
    return job_id


def under_way(mapping_id: str) -> dict[str, Any] | None:
    """How the rehearsal that was asked for last stands; None: it has ended well, or none was."""
    found = queue_jobs.standing(ckan_jobs.get_queue(QUEUE), _job_id(mapping_id))
    if found is None:
        return None
    state, meta = found
    return {"state": state, "phase": meta.get("phase"), "rows": meta.get("rows")}


def rehearse(mapping_id: str) -> str | None:
    """Rehearses a mapping; what stops it is kept with the rehearsals.

    :returns: id of the rehearsal; None: the mapping has gone
    :raises BusyError: its table is being loaded; the queue tries again, and the last time keeps that
    """
    session = model.Session()
    mapping = session.get(Mapping, mapping_id)
    if mapping is None:
        log.warning("Mapping %s has gone; nothing is rehearsed", mapping_id)
        return None
    try:
        row = tickets.rehearse(session, clock.now(), mapping, _tell)
    except RoadmapError as error:
        session.rollback()
        job = rq.get_current_job()
        if isinstance(error, BusyError) and job is not None and job.retries_left:
            raise
        row = tickets.note_failure(session, clock.now(), mapping, error)
    session.commit()
    return row.id


def _tell(phase: str, report: LoadReport) -> None:
    """Leaves with the job how far it has come."""
    job = rq.get_current_job()
    if job is not None:
        job.meta |= {"phase": phase, "rows": report.rows_in}
        job.save_meta()


def _job_id(mapping_id: str) -> str:
    return f"rehearse_{mapping_id}"
