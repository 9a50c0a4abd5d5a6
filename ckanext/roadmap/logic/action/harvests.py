"""Actions that start a harvest of a connection and tell how far it is."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from itertools import groupby
from operator import attrgetter
from typing import Any

import ckan.plugins.toolkit as tk
from ckan import model, types

from ckanext.harvest.logic import HarvestJobExists
from ckanext.harvest.model import HarvestJob, HarvestObject, HarvestSource
from ckanext.roadmap import config, jobs
from ckanext.roadmap.loading.extract.catalogue import CatalogueExtractor
from ckanext.roadmap.logic.errors import in_words, run_in_words
from ckanext.roadmap.logic.schema import mappings as schema
from ckanext.roadmap.model import Body
from ckanext.roadmap.model.mapping import Mapping
from ckanext.roadmap.model.run import Run
from ckanext.roadmap.presentation.refusals import refusal
from ckanext.roadmap.services import clock, connections, harvest_jobs, pushing, runs, schedules

log = logging.getLogger(__name__)

OURS = "roadmap_%"


@tk.validate_action_data(schema.harvest_start)
def roadmap_harvest_start(context: types.Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Harvest a connection now, also what has a schedule; its harvest source is made if there is none.

    A harvest that is under way already is joined.

    :param connection: name of the connection
    :type connection: string
    :returns: source_id, job_id, joined
    :rtype: dict
    :raises ValidationError: no mapping uses the connection, and it leads to no catalogue
    """
    tk.check_access("roadmap_harvest_start", context, data_dict)
    name = data_dict["connection"]
    rows = model.Session.scalars(Mapping.of_connection(name)).all()
    if not rows and name not in connections.catalogues():
        text = tk._("No mapping uses the connection {name}. Import one first.").format(name=name)
        raise tk.ValidationError({"connection": [text]})
    awaited, rows = bool(rows), [row for row in rows if not pushing.is_awaited(row)]
    if awaited and not rows:
        raise tk.ValidationError({"connection": [in_words(refusal("parcel_awaited"))]})
    if any(schedules.schedule_of(row.definition) for row in rows):
        return begin_harvest(rows)
    source_id = _source_id(name) or _create_source(name, rows[0] if rows else None)
    tk.get_action("harvest_jobs_run")(jobs.site_context(), {"source_id": source_id})
    try:
        job = tk.get_action("harvest_job_create")(jobs.site_context(), {"source_id": source_id, "run": True})
    except HarvestJobExists:
        job_id = harvest_jobs.open_job(model.Session(), source_id)
        return {"source_id": source_id, "job_id": job_id, "joined": True}
    return {"source_id": source_id, "job_id": job["id"], "joined": False}


def roadmap_harvest_due(context: types.Context, data_dict: dict[str, Any]) -> list[dict[str, Any]]:
    """Harvest what the schedules of mappings have come to; the harvest worker does so each minute.

    :returns: for each connection: connection, mappings (names), source_id, job_id, joined (a harvest of it is
        under way; the mappings are begun when it has ended), problem (why none could be begun, or nothing)
    :rtype: list of dicts
    """
    tk.check_access("roadmap_harvest_due", context, data_dict)
    rows = sorted(schedules.due(model.Session(), clock.now()), key=attrgetter("connection", "name"))
    return [
        {"connection": name, "mappings": [row.name for row in some], **_begun(some)}
        for name, some in ((name, list(group)) for name, group in groupby(rows, attrgetter("connection")))
    ]


@tk.side_effect_free
@tk.validate_action_data(schema.harvest_progress)
def roadmap_harvest_progress(context: types.Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Tell how far a harvest is.

    :param job_id: id of the harvest job
    :type job_id: string
    :returns: finished; errors of the gathering; mappings (a catalogue has none): name, finished, outcome,
        error (in words), run (as :py:func:`roadmap_run_show` gives it, or nothing)
    :rtype: dict
    :raises ObjectNotFound: there is no such job
    """
    tk.check_access("roadmap_harvest_progress", context, data_dict)
    model.Session.expire_all()
    job: Any = HarvestJob.get(data_dict["job_id"])
    if job is None:
        raise tk.ObjectNotFound(tk._("There is no harvest job {id}").format(id=data_dict["job_id"]))
    errors = [str(error.message) for error in job.gather_errors]
    of_catalogue = job.source.type == CatalogueExtractor.harvester
    mappings = [] if of_catalogue else [_progress(one) for one in job.objects]
    gathered = job.gather_finished is not None
    return {
        "finished": gathered and all(one["finished"] for one in mappings) and not _waiting(job.id),
        "errors": errors,
        "mappings": sorted(mappings, key=lambda one: one["name"]),
    }


def _waiting(job_id: str) -> bool:
    """Whether the harvest itself has something left to do."""
    objects: Any = HarvestObject
    left = model.Session.query(objects.id).filter_by(harvest_job_id=job_id)
    return left.filter(objects.state.not_in(("COMPLETE", "ERROR"))).first() is not None


def _progress(one: Any) -> dict[str, Any]:
    mapping = model.Session.get(Mapping, one.guid)
    run = model.Session.scalars(
        Run.newest()
        .where(Run.harvest_object_id == one.id)
        .order_by(None)
        .order_by(Run.attempt.desc(), Run.started_at.desc())
    ).first()
    shown = runs.dictize(run) if run else None
    ended = run is not None and run.state == "finished" and not runs.will_retry(run)
    refused = run is None and one.state == "ERROR"
    error = None
    if refused:
        error = " ".join(str(found.message) for found in one.errors)
    elif run is not None and run.error:
        told = run_in_words(run.error)
        error = f"{told['problem']} {told['remedy']}"
    return {
        "name": mapping.name if mapping else one.guid,
        "finished": ended or refused,
        "outcome": runs.FAILED if refused else run.outcome if run is not None and ended else None,
        "error": error,
        "run": shown,
    }


def _source_id(connection: str) -> str | None:
    source: Any = HarvestSource
    query = model.Session.query(source.id).filter(
        source.url == f"roadmap://{connection}", source.type.like(OURS), source.active.is_(True)
    )
    found = query.first()
    return found[0] if found else None


def _create_source(connection: str, mapping: Mapping | None) -> str:
    """Of the body whose table it is; a whole catalogue belongs to the coordinator."""
    owner = config.coordinator_organization()
    if mapping is not None:
        owner = model.Session.scalars(Body.by_name(mapping.body_name)).one().organization_id
    values = {
        "name": f"roadmap-{connection}",
        "title": f"roadmap://{connection}",
        "url": f"roadmap://{connection}",
        "source_type": connections.harvester_of(connection),
        "owner_org": owner,
        "frequency": "MANUAL",
    }
    return tk.get_action("harvest_source_create")(jobs.site_context(), values)["id"]


def _begun(rows: Sequence[Mapping]) -> dict[str, Any]:
    """A harvest of these mappings; what keeps one connection from it must not keep the others."""
    try:
        return {**begin_harvest(rows), "problem": None}
    except tk.ValidationError as error:
        model.Session.rollback()
        text = " ".join(map(str, error.error_summary.values()))
        log.error("The harvest of %s could not be begun: %s", rows[0].connection, text)  # noqa: TRY400
        return {"source_id": None, "job_id": None, "joined": False, "problem": text}


def begin_harvest(rows: Sequence[Mapping]) -> dict[str, Any]:
    """A harvest of these mappings of one connection, or the one that is under way."""
    session, name = model.Session(), rows[0].connection
    source_id = _source_id(name) or _create_source(name, rows[0])
    tk.get_action("harvest_jobs_run")(jobs.site_context(), {"source_id": source_id})
    if job_id := harvest_jobs.open_job(session, source_id):
        return {"source_id": source_id, "job_id": job_id, "joined": True}
    job_id = harvest_jobs.begin(session, clock.now(), source_id, rows)
    return {"source_id": source_id, "job_id": job_id, "joined": False}
