"""What waits to be linked, with the nearest proposals to each."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import ckan.plugins.toolkit as tk
from ckan import model, types

from ckanext.roadmap.domain.publication import LinkState
from ckanext.roadmap.logic import dictize_publication, roles
from ckanext.roadmap.logic.action.publications import body_ids
from ckanext.roadmap.logic.schema import publications as schema
from ckanext.roadmap.services import clock, worklists
from ckanext.roadmap.services.worklists import Asked, Link

MOST = 500


@tk.side_effect_free
@tk.validate_action_data(schema.worklist)
def roadmap_unmatched_obligation_list(context: types.Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """List the obligations in force that no dataset answers: for coordinators all, for officers their own.

    :param body: only those of the body of this name (optional)
    :type body: string
    :param q: only those whose item or body has these words, in either script (optional)
    :type q: string
    :param id: only the obligation of this id (optional)
    :type id: string
    :param linked: also those that are answered (default false)
    :type linked: boolean
    :param limit: most obligations given (default 50)
    :type limit: int
    :param offset: obligations left out before the first one given (default 0)
    :type offset: int
    :returns: count and obligations, those with the nearest proposal first: id, item, body, is_answered,
        proposals (as in roadmap_publication_list)
    :rtype: dict
    :raises ObjectNotFound: there is no such body
    """
    tk.check_access("roadmap_unmatched_obligation_list", context, data_dict)
    session = model.Session()
    count, rows = worklists.obligations(session, clock.today(), _asked(context, data_dict))
    every = Asked(limit=MOST)
    _, found = worklists.links(session, LinkState.proposed, every, obligations=[row.id for row in rows])
    proposals = _by(context, found, "obligation_id")
    told = [{**dictize_publication.obligation(row), "proposals": proposals[row.id]} for row in rows]
    return {"count": count, "obligations": told}


@tk.side_effect_free
@tk.validate_action_data(schema.worklist)
def roadmap_unmatched_dataset_list(context: types.Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """List the public datasets that answer no obligation: for coordinators all, for officers their own.

    :param body: only those that the body of this name publishes (optional)
    :type body: string
    :param q: only those whose name or title has these words, in either script (optional)
    :type q: string
    :param id: only the dataset of this id (optional)
    :type id: string
    :param linked: also those that answer an obligation already (default false)
    :type linked: boolean
    :param limit: most datasets given (default 50)
    :type limit: int
    :param offset: datasets left out before the first one given (default 0)
    :type offset: int
    :returns: count and datasets, those with the nearest proposal first: id, name, title, body, is_linked,
        proposals (as in roadmap_publication_list)
    :rtype: dict
    :raises ObjectNotFound: there is no such body
    """
    tk.check_access("roadmap_unmatched_dataset_list", context, data_dict)
    session, asked = model.Session(), _asked(context, data_dict)
    count, rows = worklists.datasets(session, asked)
    mine = Asked(bodies=asked.bodies, limit=MOST)
    _, found = worklists.links(session, LinkState.proposed, mine, datasets=[row.package.id for row in rows])
    proposals = _by(context, found, "dataset_id")
    told = [{**dictize_publication.published(row), "proposals": proposals[row.package.id]} for row in rows]
    return {"count": count, "datasets": told}


def _asked(context: types.Context, data_dict: dict[str, Any]) -> Asked:
    return Asked(
        bodies=body_ids(context, data_dict),
        q=data_dict.get("q"),
        one=data_dict.get("id"),
        done=data_dict["linked"],
        limit=data_dict["limit"],
        offset=data_dict["offset"],
    )


def _by(context: types.Context, found: list[Link], end: str) -> dict[str, list[dict[str, Any]]]:
    grouped: dict[str, list[dict[str, Any]]] = defaultdict(list)
    sees = roles.seer(context)
    for one in found:
        grouped[getattr(one.row, end)].append(dictize_publication.link(one, sees))
    return grouped
