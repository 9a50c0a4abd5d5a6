"""Rehearsals of mappings."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk
from ckan import model, types

from ckanext.roadmap import rehearsal_jobs
from ckanext.roadmap.logic.schema import rehearsals as schema
from ckanext.roadmap.model.mapping import Mapping
from ckanext.roadmap.services import tickets


@tk.side_effect_free
@tk.validate_action_data(schema.rehearsal_list)
def roadmap_rehearsal_list(context: types.Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """List the rehearsals of a mapping, newest first, each with what its signature is worth.

    :param name: name of the mapping
    :type name: string
    :returns: count, under_way (how the one that was asked for last stands: state waiting, running or failed,
        phase, rows; or nothing), and results: id, mapping (its name), made_at, definition_hash, content_hash,
        difference (outcome, counts of rows, columns with types, shape, findings; of a failed one the error),
        proof (tables looked at, by_content, changed, loads: tables that other loads filled meanwhile with
        their runs), signature, verdict (ticket, outdated, touched, stopped or forged), genuine (whether the
        portal signed just this), ticket (whether it admits the first live load of the mapping as it stands)
    :rtype: dict
    :raises ObjectNotFound: there is no such mapping
    """
    tk.check_access("roadmap_rehearsal_list", context, data_dict)
    mapping = _find(data_dict["name"])
    found = tickets.history(model.Session(), mapping)
    return {"count": len(found), "under_way": rehearsal_jobs.under_way(mapping.id), "results": found}


@tk.validate_action_data(schema.rehearsal_list)
def roadmap_rehearsal_create(context: types.Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Rehearse a mapping in the background: a load without its last step, and a signed record of it.

    :param name: name of the mapping
    :type name: string
    :returns: job_id
    :rtype: dict
    :raises ObjectNotFound: there is no such mapping
    """
    tk.check_access("roadmap_rehearsal_create", context, data_dict)
    return {"job_id": rehearsal_jobs.enqueue(_find(data_dict["name"]).id)}


def _find(name: str) -> Mapping:
    mapping = model.Session.scalars(Mapping.by_name(name)).first()
    if mapping is None:
        raise tk.ObjectNotFound(tk._("There is no mapping {name}").format(name=name))
    return mapping
