"""Who may read and write mappings."""

from __future__ import annotations

from typing import Any

from ckan import model, types

from ckanext.roadmap.logic import roles
from ckanext.roadmap.model.mapping import Mapping


def roadmap_mapping_list(context: types.Context, _data_dict: dict[str, Any]) -> types.AuthResult:
    """Every user may ask; the answer holds what they may see."""
    return roles.allow_if(bool(context.get("user")), "user")


def roadmap_mapping_show(context: types.Context, data_dict: dict[str, Any]) -> types.AuthResult:
    """Coordinators see all mappings, a body's officers their own."""
    found = model.Session.scalars(Mapping.by_name(str(data_dict.get("name")))).first()
    allowed = roles.is_coordinator(context) or (
        found is not None and roles.is_officer(context, found.body_name)
    )
    return roles.allow_if(allowed, "coordinator or officer of the body")


def roadmap_load_enqueue(context: types.Context, data_dict: dict[str, Any]) -> types.AuthResult:
    """Whoever may see a mapping may load it."""
    return roadmap_mapping_show(context, data_dict)
