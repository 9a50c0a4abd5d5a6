"""Held loads: what waits for a decision, and the decisions."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk
from ckan import model, types

from ckanext.roadmap import config, jobs
from ckanext.roadmap.domain.holding import Holding, Side, Word
from ckanext.roadmap.logic import dictize_held, held_sides, roles
from ckanext.roadmap.logic.action.acts import user_id
from ckanext.roadmap.logic.action.runs import roadmap_run_show
from ckanext.roadmap.logic.errors import as_validation_error
from ckanext.roadmap.logic.schema import runs as schema
from ckanext.roadmap.model.mapping import Mapping
from ckanext.roadmap.model.run import Run
from ckanext.roadmap.services import clock, connections, holdings
from ckanext.roadmap.services.holdings import Held


@tk.side_effect_free
def roadmap_held_run_list(context: types.Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """List the held loads that wait for a decision, oldest first: coordinators see all, officers their own.

    :returns: count, and results: see :py:func:`roadmap_run_show` for the keys, and body (its name)
    :rtype: dict
    """
    tk.check_access("roadmap_held_run_list", context, data_dict)
    bodies = None if roles.sees_all(context) else [body.name for body in roles.own_bodies(context)]
    found = holdings.waiting(
        model.Session(), clock.now(), config.held_kept(), connections.target().folder, bodies
    )
    return {"count": len(found), "results": [dictize_held.entry(context, held) for held in found]}


@tk.validate_action_data(schema.run_decide)
def roadmap_run_approve(context: types.Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Agree to what the gates found in a held load; once all keys are turned, it goes on with the same rows.

    The decision is recorded for good and holds for just these findings on just this content.

    :param id: id of the held run
    :type id: string
    :param reason: why the data are right; public
    :type reason: string
    :param side: owner or portal; only who is both has to choose. A coordinator may turn the owner's key for a
        body without officers by stead; the portal's key is then another person's (optional)
    :type side: string
    :returns: the run, as :py:func:`roadmap_run_show` gives it
    :rtype: dict
    :raises ObjectNotFound: there is no such run
    :raises ValidationError: nothing is to be decided any more, or the key is for somebody else
    """
    tk.check_access("roadmap_run_approve", context, data_dict)
    return _decide(context, data_dict, Word.approve)


@tk.validate_action_data(schema.run_decide)
def roadmap_run_decline(context: types.Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Decline a held load: the rows published before stay, and this content is not asked about again.

    :param id: id of the held run
    :type id: string
    :param reason: why the data are wrong; public
    :type reason: string
    :param side: owner or portal; only who is both has to choose (optional)
    :type side: string
    :returns: the run, as :py:func:`roadmap_run_show` gives it
    :rtype: dict
    :raises ObjectNotFound: there is no such run
    :raises ValidationError: nothing is to be decided any more
    """
    tk.check_access("roadmap_run_decline", context, data_dict)
    return _decide(context, data_dict, Word.decline)


def _decide(context: types.Context, data_dict: dict[str, Any], word: Word) -> dict[str, Any]:
    run = model.Session.get(Run, data_dict["id"])
    if run is None or run.outcome != "held":
        raise tk.ObjectNotFound(tk._("There is no held load {id}").format(id=data_dict["id"]))
    session, folder = model.Session(), connections.target().folder
    now = clock.now()
    held = holdings.show(session, now, run, config.held_kept(), folder)
    side = _side(context, held, data_dict.get("side"))
    with as_validation_error("id"):
        held = holdings.decide(session, now, held, word, side, data_dict["reason"], user_id(context))
    session.commit()
    if held.standing.state is Holding.approved:
        jobs.enqueue_resume(run)
    elif word is Word.decline:
        holdings.sweep(session, now, config.held_kept(), folder)
    return roadmap_run_show(context, {"id": run.id})


def _side(context: types.Context, held: Held, asked: str | None) -> Side:
    """On whose behalf the user decides; who may for both takes the key that is missing.

    In place of the data owner only who says so.
    """
    may = held_sides.sides(context, _body(held.run))
    if asked and Side(asked) not in may:
        raise tk.NotAuthorized(tk._("You cannot decide for that side."))
    if asked:
        return Side(asked)
    found = sorted(may & held.standing.missing) or sorted(may - {Side.stead})
    if not found:
        raise tk.NotAuthorized(tk._("You cannot decide for that side."))
    return found[0]


def _body(run: Run) -> str:
    return model.Session.get_one(Mapping, run.mapping_id).body_name
