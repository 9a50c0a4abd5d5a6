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


def roadmap_mapping_import(context: types.Context, _data_dict: dict[str, Any]) -> types.AuthResult:
    """Coordinators decide what is published from where."""
    return roles.allow_if(roles.is_coordinator(context), "coordinator")


def roadmap_mapping_create(context: types.Context, data_dict: dict[str, Any]) -> types.AuthResult:
    """Whoever may import mappings may write one."""
    return roadmap_mapping_import(context, data_dict)


def roadmap_mapping_update(context: types.Context, data_dict: dict[str, Any]) -> types.AuthResult:
    """Whoever may import mappings may change one."""
    return roadmap_mapping_import(context, data_dict)


def roadmap_mapping_check(context: types.Context, data_dict: dict[str, Any]) -> types.AuthResult:
    """Whoever may import mappings may look at their sources."""
    return roadmap_mapping_import(context, data_dict)


def roadmap_source_list(context: types.Context, data_dict: dict[str, Any]) -> types.AuthResult:
    """Whoever may import mappings may see what can be mapped."""
    return roadmap_mapping_import(context, data_dict)


def roadmap_source_look(context: types.Context, data_dict: dict[str, Any]) -> types.AuthResult:
    """Whoever may import mappings may look at their sources."""
    return roadmap_mapping_import(context, data_dict)


def roadmap_source_look_create(context: types.Context, data_dict: dict[str, Any]) -> types.AuthResult:
    """Whoever may look at a source may take time for it."""
    return roadmap_mapping_import(context, data_dict)


def roadmap_source_look_show(context: types.Context, data_dict: dict[str, Any]) -> types.AuthResult:
    """Coordinators work together: each sees what another asked for."""
    return roadmap_mapping_import(context, data_dict)


def roadmap_source_look_cancel(context: types.Context, data_dict: dict[str, Any]) -> types.AuthResult:
    """Whoever may ask for a look may end one."""
    return roadmap_mapping_import(context, data_dict)


def roadmap_load_enqueue(context: types.Context, data_dict: dict[str, Any]) -> types.AuthResult:
    """Whoever may see a mapping may load it."""
    return roadmap_mapping_show(context, data_dict)


def roadmap_connection_list(context: types.Context, _data_dict: dict[str, Any]) -> types.AuthResult:
    """Coordinators see the names of connections."""
    return roles.allow_if(roles.is_coordinator(context), "coordinator")


def roadmap_connection_check(context: types.Context, _data_dict: dict[str, Any]) -> types.AuthResult:
    """Coordinators look at connections."""
    return roles.allow_if(roles.is_coordinator(context), "coordinator")


def roadmap_harvest_start(context: types.Context, _data_dict: dict[str, Any]) -> types.AuthResult:
    """Coordinators harvest a connection."""
    return roles.allow_if(roles.is_coordinator(context), "coordinator")


def roadmap_harvest_due(context: types.Context, _data_dict: dict[str, Any]) -> types.AuthResult:
    """Coordinators, and the harvest worker."""
    return roles.allow_if(roles.is_coordinator(context), "coordinator")


def roadmap_harvest_progress(context: types.Context, data_dict: dict[str, Any]) -> types.AuthResult:
    """Whoever may start a harvest may watch it."""
    return roadmap_harvest_start(context, data_dict)
