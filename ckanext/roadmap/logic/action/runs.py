"""Actions on runs, the ledger of loads."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa

import ckan.plugins.toolkit as tk
from ckan import model, types

from ckanext.roadmap import config, jobs
from ckanext.roadmap.logic import dictize, dictize_held
from ckanext.roadmap.logic.action.acts import user_id
from ckanext.roadmap.logic.errors import as_validation_error
from ckanext.roadmap.logic.schema import runs as schema
from ckanext.roadmap.model.run import Run
from ckanext.roadmap.services import clock, connections, dataset_faces, holdings, runs, tickets


@tk.side_effect_free
@tk.validate_action_data(schema.run_list)
def roadmap_run_list(context: types.Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """List runs, newest first.

    :param mapping: name of a mapping (optional)
    :type mapping: string
    :param resource: id of a resource (optional)
    :type resource: string
    :param outcome: unchanged, applied, held, failed, cancelled or running (optional)
    :type outcome: string
    :param as_of: those begun by a past day's end or instant, as they stood then (optional)
    :type as_of: string
    :param limit: most rows to give (default 20)
    :type limit: int
    :param offset: rows to leave out
    :type offset: int
    :returns: count, and results: see :py:func:`roadmap_run_show` for the keys
    :rtype: dict
    """
    tk.check_access("roadmap_run_list", context, data_dict)
    at: datetime | None = data_dict.get("as_of")
    query = Run.newest() if at is None else Run.newest().where(Run.started_at <= at)
    for name, column in (("mapping", Run.mapping_name), ("resource", Run.resource_id)):
        if value := data_dict.get(name):
            query = query.where(column == value)
    if outcome := data_dict.get("outcome"):
        query = query.where(Run.is_under_way(at) if outcome == "running" else Run.has_ended(outcome, at))
    count = model.Session.scalar(sa.select(sa.func.count()).select_from(query.order_by(None).subquery()))
    rows = model.Session.scalars(query.limit(data_dict["limit"]).offset(data_dict["offset"]))
    return {"count": count, "results": [runs.dictize(row, at) for row in rows]}


@tk.side_effect_free
@tk.validate_action_data(schema.run_show)
def roadmap_run_show(context: types.Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Show one run: one attempt to load a mapping.

    :param id: id of the run
    :type id: string
    :param as_of: as it stood at a past day's end or instant, with what was decided and served then (optional)
    :type as_of: string
    :returns: id, mapping and connection (names), dataset_id, dataset (id, name, title; nothing
        where the public did not see it), resource_id, state (running, finished), outcome
        (unchanged, applied, held, failed, cancelled), phase, attempt, strategy, choice (its reason: code,
        params), rows in, before, expected, inserted, updated, deleted and changed, bytes, content_hash,
        watermark, watermark_before, columns, types, regions, periods (what was found in the
        column of periods: column, values, unread, first, last), live_read_at, started_at, progress_at,
        published_at, finished_at, durations (seconds by stage), error (phase, code, message, remedy,
        params; in English),
        files (format, name, bytes, sha256, problem), changes (what the change log holds), cancel_asked_at,
        cancelled_by (name), live (whether its rows and files are those served now), findings (all that the
        gates found: as error, with weight and digest), resumes (the held run whose rows it went on with),
        holding (of a held run: state, the sides missing, whether either is enough, until, decisions, body,
        has_officers, and yours: the sides for which the reader may decide, none of a past day),
        contract (the quality contract as it was measured: day, results), rehearsal (of the first load of a
        table: made_at and signature of its ticket, or nothing)
    :rtype: dict
    :raises ObjectNotFound: there is no such run, or was none by then
    """
    tk.check_access("roadmap_run_show", context, data_dict)
    session, at = model.Session(), data_dict.get("as_of")
    run = session.get(Run, data_dict["id"])
    if run is None or (at is not None and run.started_at > at):
        raise tk.ObjectNotFound(tk._("There is no run {id}").format(id=data_dict["id"]))
    told = runs.dictize(run, at)
    dataset = dataset_faces.load(session, [run.dataset_id], at or clock.now()).get(run.dataset_id)
    return {
        **told,
        "dataset": dictize.dataset(dataset),
        "live": runs.is_live(session, run, at),
        "cancelled_by": _name(run.cancelled_by) if told["cancel_asked_at"] else None,
        "holding": _holding(context, run, at) if told["outcome"] == "held" else None,
        "rehearsal": tickets.of_run(session, run) if told["outcome"] else None,
    }


@tk.validate_action_data(schema.run_cancel)
def roadmap_run_cancel(context: types.Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Ask for the end of a load that is under way: it stops within seconds, and nothing is changed.

    :param id: id of the run
    :type id: string
    :returns: the run, as :py:func:`roadmap_run_show` gives it
    :rtype: dict
    :raises NotFound: there is no such run
    :raises ValidationError: it has ended, or its rows are public by now
    """
    tk.check_access("roadmap_run_cancel", context, data_dict)
    run = model.Session.get(Run, data_dict["id"])
    if run is None:
        raise tk.ObjectNotFound(tk._("There is no run {id}").format(id=data_dict["id"]))
    with as_validation_error("id"):
        runs.ask_to_cancel(model.Session(), clock.now(), run, user_id(context))
    model.Session.commit()
    return roadmap_run_show(context, {"id": run.id})


def roadmap_run_reconcile(context: types.Context, data_dict: dict[str, Any]) -> list[dict[str, Any]]:
    """End the runs that a crash left open: those already applied are finished, the others marked interrupted.

    :returns: the runs that were ended
    :rtype: list of dicts
    """
    tk.check_access("roadmap_run_reconcile", context, data_dict)
    return jobs.reconcile_runs()


def _holding(context: types.Context, run: Run, at: datetime | None) -> dict[str, Any]:
    """How a held run stands, or stood; of a past day nobody decides any more."""
    if at is not None:
        held = holdings.show_then(model.Session(), at, run, config.held_kept())
        return {**dictize_held.standing(context, held), "yours": []}
    folder = connections.target().folder
    held = holdings.show(model.Session(), clock.now(), run, config.held_kept(), folder)
    return dictize_held.standing(context, held)


def _name(id: str | None) -> str | None:
    user = model.User.get(id) if id else None
    return user.display_name if user else None
