"""Rehearsals of mappings."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk
from ckan import model, types

from ckanext.roadmap.logic.schema import rehearsals as schema
from ckanext.roadmap.model.mapping import Mapping
from ckanext.roadmap.services import tickets


@tk.side_effect_free
@tk.validate_action_data(schema.rehearsal_list)
def roadmap_rehearsal_list(context: types.Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """List the rehearsals of a mapping, newest first, each with what its signature is worth.

    :param name: name of the mapping
    :type name: string
    :returns: count, and results: id, mapping (its name), made_at, definition_hash, content_hash, difference
        (outcome, counts of rows, columns with types, shape, findings), proof (tables looked at, by_content,
        changed), signature, genuine (whether the portal signed just this), ticket (whether it admits the
        first live load of the mapping as it stands)
    :rtype: dict
    :raises ObjectNotFound: there is no such mapping
    """
    tk.check_access("roadmap_rehearsal_list", context, data_dict)
    mapping = model.Session.scalars(Mapping.by_name(data_dict["name"])).first()
    if mapping is None:
        raise tk.ObjectNotFound(tk._("There is no mapping {name}").format(name=data_dict["name"]))
    found = tickets.history(model.Session(), mapping)
    return {"count": len(found), "results": found}
