"""The background job that rehearses a mapping."""

from __future__ import annotations

import logging

import rq
from rq.exceptions import DuplicateJobError

import ckan.plugins.toolkit as tk
from ckan import model

from ckanext.roadmap import config
from ckanext.roadmap.domain.errors import RoadmapError
from ckanext.roadmap.loading.errors import BusyError
from ckanext.roadmap.model.mapping import Mapping
from ckanext.roadmap.services import clock, tickets

log = logging.getLogger(__name__)
QUEUE = "roadmap-bulk"
PAUSES = [10, 60, 300]


def enqueue(mapping_id: str) -> str:
    """Puts a rehearsal in the queue; one that waits there already is enough.

    :returns: the id of the job
    """
    job_id = f"rehearse_{mapping_id}"
    kwargs = {
        "job_id": job_id,
        "unique": True,
        "timeout": config.load_seconds()["overall"] + 600,
        "retry": rq.Retry(max=len(PAUSES), interval=PAUSES),
        "result_ttl": 0,
        "failure_ttl": 60,
    }
    try:
        tk.enqueue_job(rehearse, [mapping_id], title="Rehearse", queue=QUEUE, rq_kwargs=kwargs)
    except DuplicateJobError:
        log.info("%s waits already", job_id)
    return job_id


def rehearse(mapping_id: str) -> str | None:
    """Rehearses a mapping; what stops it is kept with the rehearsals.

    :returns: id of the rehearsal; None: the mapping has gone
    :raises BusyError: its table is being loaded; the queue tries again
    """
    session = model.Session()
    mapping = session.get(Mapping, mapping_id)
    if mapping is None:
        log.warning("Mapping %s has gone; nothing is rehearsed", mapping_id)
        return None
    try:
        row = tickets.rehearse(session, clock.now(), mapping)
    except BusyError:
        session.rollback()
        raise
    except RoadmapError as error:
        session.rollback()
        row = tickets.note_failure(session, clock.now(), mapping, error)
    session.commit()
    return row.id
