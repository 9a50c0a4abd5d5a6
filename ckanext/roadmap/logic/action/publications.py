"""Links from obligations to datasets: propose, confirm, decline, revoke, list; and the matcher."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import ckan.plugins.toolkit as tk
from ckan import model, types

from ckanext.roadmap.domain.publication import How, LinkState
from ckanext.roadmap.logic import content_marks, dictize_publication, matching, roles
from ckanext.roadmap.logic.action.acts import user_id
from ckanext.roadmap.logic.errors import as_validation_error
from ckanext.roadmap.logic.schema import publications as schema
from ckanext.roadmap.model import Body, Obligation, Publication
from ckanext.roadmap.services import clock, publications, worklists
from ckanext.roadmap.services.progress import nobody_watches
from ckanext.roadmap.services.worklists import Asked


@tk.validate_action_data(schema.propose)
def roadmap_publication_propose(context: types.Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Propose that a dataset answers an obligation; what is proposed already stays one proposal.

    :param obligation: id of the obligation
    :type obligation: string
    :param dataset: name or id of the dataset
    :type dataset: string
    :returns: id of the link, and its state
    :rtype: dict
    :raises ObjectNotFound: there is no such obligation or dataset
    :raises ValidationError: the link stands already
    """
    tk.check_access("roadmap_publication_propose", context, data_dict)
    session = model.Session()
    if session.get(Obligation, data_dict["obligation"]) is None:
        raise tk.ObjectNotFound(tk._("There is no such obligation"))
    dataset_id = _dataset_id(context, data_dict["dataset"])
    with as_validation_error("dataset"):
        made = publications.propose(
            session, clock.now(), data_dict["obligation"], dataset_id, user_id(context), How.chosen
        )
    return _done(made)


@tk.validate_action_data(schema.confirm)
def roadmap_publication_confirm(context: types.Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Confirm a proposed link, as the body that owes or as a coordinator.

    Data events from before the confirmation count from their own time; a look back to an earlier day does not
    know them. What is not known yet is measured in the background.

    :param id: id of the link
    :type id: string
    :returns: id of the link, and its state
    :rtype: dict
    :raises ObjectNotFound: there is no such link
    :raises ValidationError: it was decided already
    """
    tk.check_access("roadmap_publication_confirm", context, data_dict)
    found = _decide(data_dict["id"], partial(publications.confirm, by=user_id(context)))
    answer, dataset_id = _done(found), found.dataset_id
    content_marks.schedule(dataset_id)
    return answer


@tk.validate_action_data(schema.decline)
def roadmap_publication_decline(context: types.Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Decline a proposed link; the matcher does not propose it again unless the dataset changes.

    :param id: id of the link
    :type id: string
    :param reason: why the dataset does not answer the obligation (optional)
    :type reason: string
    :returns: id of the link, and its state
    :rtype: dict
    :raises ObjectNotFound: there is no such link
    :raises ValidationError: it was decided already
    """
    tk.check_access("roadmap_publication_decline", context, data_dict)
    reason = data_dict.get("reason")
    return _done(_decide(data_dict["id"], partial(publications.decline, by=user_id(context), reason=reason)))


@tk.validate_action_data(schema.revoke)
def roadmap_publication_revoke(context: types.Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Revoke a confirmed link as mistaken, as a coordinator; it stays visible with the reason.

    :param id: id of the link
    :type id: string
    :param reason: why it was mistaken
    :type reason: string
    :returns: id of the link, and its state
    :rtype: dict
    :raises ObjectNotFound: there is no such link
    :raises ValidationError: it is not confirmed
    """
    tk.check_access("roadmap_publication_revoke", context, data_dict)
    reason = data_dict["reason"]
    return _done(_decide(data_dict["id"], partial(publications.revoke, by=user_id(context), reason=reason)))


@tk.side_effect_free
@tk.validate_action_data(schema.publication_list)
def roadmap_publication_list(context: types.Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """List links from obligations to datasets in one state.

    :param state: proposed, confirmed (default), declined or revoked; the first and third for coordinators and
        officers alone, officers see those of their own bodies
    :type state: string
    :param obligation: only links of the obligation of this id (optional)
    :type obligation: string
    :param dataset: only links to this dataset (name or id; optional)
    :type dataset: string
    :param body: only links of the body of this name (optional)
    :type body: string
    :param item: only links of the item of this code (optional)
    :type item: string
    :param as_of: as was known at a past day or instant (optional); proposals that went since are not kept
    :type as_of: string
    :param limit: most links given (default 50)
    :type limit: int
    :param offset: links left out before the first one given (default 0)
    :type offset: int
    :returns: count and publications: id, state, how (mapping, passport, identifier, matcher, chosen), place,
        scores (total, title, body, columns, found, missing; nothing: no score was needed), obligation (id,
        item, body, is_answered), dataset (id, name, title; no name where it was not public and the reader may
        not see it), resource_id, proposed_at, confirmed_at,
        declined_at, revoked_at, reason; for coordinators also who did it
    :rtype: dict
    :raises ObjectNotFound: there is no such body or dataset
    """
    tk.check_access("roadmap_publication_list", context, data_dict)
    state, session = LinkState(data_dict["state"]), model.Session()
    is_open = state in (LinkState.confirmed, LinkState.revoked)
    bodies = body_ids(context, data_dict) if not is_open or data_dict.get("body") else None
    asked = Asked(
        bodies=bodies,
        item=data_dict.get("item"),
        at=data_dict.get("as_of"),
        limit=data_dict["limit"],
        offset=data_dict["offset"],
    )
    obligation, dataset = data_dict.get("obligation"), data_dict.get("dataset")
    count, found = worklists.links(
        session,
        state,
        asked,
        obligations=[obligation] if obligation else None,
        datasets=[_dataset_id(context, dataset)] if dataset else None,
    )
    sees = roles.seer(context)
    told = [dictize_publication.link(one, sees, asked.at) for one in found]
    if roles.sees_all(context):
        told = [{**one, **dictize_publication.acts(of)} for one, of in zip(told, found, strict=True)]
    return {"count": count, "publications": told}


@tk.validate_action_data(schema.match)
def roadmap_publication_match(context: types.Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Let the matcher look at public datasets and propose links; it confirms none.

    :param dataset: only this dataset (name or id; default: all)
    :type dataset: string
    :returns: datasets looked at; proposals made (proposed), kept and dropped
    :rtype: dict
    :raises ObjectNotFound: there is no such dataset
    """
    tk.check_access("roadmap_publication_match", context, data_dict)
    dataset = data_dict.get("dataset")
    only = [_dataset_id(context, dataset)] if dataset else None
    return matching.match(only, context.get("progress", nobody_watches))


def body_ids(context: types.Context, data_dict: dict[str, Any]) -> list[str] | None:
    """The bodies whose links or worklist are asked for; None: all of them.

    :raises ObjectNotFound: there is no such body
    """
    name = data_dict.get("body")
    if name:
        found = model.Session.scalars(Body.by_name(name)).first()
        if found is None:
            raise tk.ObjectNotFound(tk._("There is no such body"))
        return [found.id]
    if roles.sees_all(context):
        return None
    return [body.id for body in roles.own_bodies(context)]


def _dataset_id(context: types.Context, name: str) -> str:
    """The id of a dataset that the user may see."""
    tk.check_access("package_show", context, {"id": name})
    found = model.Package.get(name)
    if found is None:
        raise tk.ObjectNotFound(tk._("There is no such dataset"))
    return found.id


def _decide(id_: str, step: Callable[..., None]) -> Publication:
    """Take a step with a link.

    :raises ObjectNotFound: there is no such link
    :raises ValidationError: it may not go there from where it stands
    """
    session = model.Session()
    found = session.get(Publication, id_)
    if found is None:
        raise tk.ObjectNotFound(tk._("There is no such link"))
    with as_validation_error("id"):
        step(session, clock.now(), found)
    return found


def _done(row: Publication) -> dict[str, Any]:
    answer = {"id": row.id, "state": str(row.state)}
    model.Session.commit()
    return answer
