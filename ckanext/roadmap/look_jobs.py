"""The background job that looks at a source for as long as it takes."""

from __future__ import annotations

import logging
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from typing import Any

import rq
from rq.exceptions import DuplicateJobError

import ckan.lib.jobs as ckan_jobs
import ckan.plugins.toolkit as tk
from ckan import model

from ckanext.roadmap.domain.errors import RoadmapError
from ckanext.roadmap.loading.control import Control
from ckanext.roadmap.loading.look import look
from ckanext.roadmap.model import SourceLook
from ckanext.roadmap.services import clock, connections, mapping_looks, queue_jobs, runs, source_looks

log = logging.getLogger(__name__)
QUEUE = "roadmap-bulk"
PAUSES = [10, 60]
BEAT = timedelta(seconds=90)


def enqueue(row: SourceLook) -> str:
    """Puts a look in the queue; one that waits there already is enough.

    :returns: the id of the job
    """
    job_id = _job_id(row.id)
    kwargs = queue_jobs.of_a_load(job_id, len(PAUSES), PAUSES)
    try:
        tk.enqueue_job(
            look_at, [row.id], title=f"Look {row.asked['connection']}", queue=QUEUE, rq_kwargs=kwargs
        )
    except DuplicateJobError:
        log.info("%s waits already", job_id)
    return job_id


def standing(row: SourceLook) -> dict[str, Any]:
    """How a look stands: waiting, running, done, cancelled, or failed by a fault of the portal."""
    found = None if row.ended_at else queue_jobs.standing(ckan_jobs.get_queue(QUEUE), _job_id(row.id))
    model.Session.refresh(row)
    if row.ended_at is not None:
        return {"state": "cancelled" if row.cancelled_at else "done", "rows": None, "bytes": None}
    state, meta = found or ("failed", {})
    return {"state": state, "rows": meta.get("rows"), "bytes": meta.get("bytes")}


def stop(row: SourceLook) -> None:
    """Nobody waits for a look any more: a database ends its statement, whatever else is simply left."""
    at_once = not source_looks.is_database(row.asked["connection"])
    queue_jobs.stop(ckan_jobs.get_queue(QUEUE), _job_id(row.id), at_once)


def rescue() -> list[str]:
    """Asks again for the looks that a dead worker, or a lost queue, left undone.

    :returns: the ids of the jobs
    """
    queue = ckan_jobs.get_queue(QUEUE)
    rows = model.Session.scalars(SourceLook.unended()).all()
    return [enqueue(row) for row in rows if queue_jobs.is_dead(queue, _job_id(row.id), BEAT)]


def look_at(id: str) -> str | None:
    """Looks at a source; what stops it is kept as its answer.

    :returns: id of the look; None: nobody waits for it any more
    """
    session = model.Session()
    row = session.get(SourceLook, id)
    if row is None or row.ended_at is not None:
        return None
    try:
        found = _looked(row)
    except RoadmapError as error:
        session.rollback()
        found = {"problem": runs.describe(_why(row, error), "start")}
    session.refresh(row, with_for_update=True)
    source_looks.end(row, clock.now(), found)
    session.commit()
    return row.id


def _looked(row: SourceLook) -> dict[str, Any]:
    session, asked, progress = model.Session(), source_looks.asked_of(row), _Progress()
    mapping_looks.refuse_closed(session, clock.now(), asked)
    plan, access = mapping_looks.plan_of(session, asked), connections.access(asked.connection)
    id, database = row.id, session.get_bind()
    session.commit()  # nothing is held open while the source answers

    def is_over() -> bool:
        progress.tell()
        return source_looks.is_over(database, id, asked)

    control = Control(is_over)
    progress.control = control
    access = replace(access, watch=progress.watch)
    with control.looking():
        if asked.table:
            found = mapping_looks.dictize(look(plan, access))
        else:
            found = {"tables": mapping_looks.listed(session, asked.connection, access)}
    control.check()  # a statement that was ended looks like one that took too long
    return found


def _why(row: SourceLook, error: RoadmapError) -> RoadmapError:
    """A statement that was ended tells little; hours that have ended meanwhile tell why."""
    try:
        mapping_looks.refuse_closed(model.Session(), clock.now(), source_looks.asked_of(row))
    except RoadmapError as closed:
        return closed
    return error


class _Progress:
    """Leaves with the job how much has come."""

    control: Control

    def __init__(self) -> None:
        self._job, self._busy = rq.get_current_job(), None

    @contextmanager
    def watch(self, connection: Any) -> Generator[None]:
        """While inside, what has come of this is told."""
        self._busy = connection
        with self.control.watch(connection):
            yield

    def tell(self) -> None:
        """Of a database nothing comes before all has."""
        came = getattr(self._busy, "came", None)
        if self._job is not None and came is not None:
            self._job.meta |= came()
            self._job.save_meta()


def _job_id(id: str) -> str:
    return f"look_{id}"
