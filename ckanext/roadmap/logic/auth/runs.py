"""Who may read the runs."""

from __future__ import annotations

from typing import Any

from ckan import model, types

from ckanext.roadmap.logic import roles
from ckanext.roadmap.model.mapping import Mapping
from ckanext.roadmap.model.run import Run


def roadmap_run_cancel(context: types.Context, data_dict: dict[str, Any]) -> types.AuthResult:
    """Coordinators end every load, a body's officers those of their own tables."""
    run = model.Session.get(Run, data_dict.get("id") or "")
    mapping = model.Session.get(Mapping, run.mapping_id) if run else None
    allowed = roles.is_coordinator(context) or (
        mapping is not None and roles.is_officer(context, mapping.body_name)
    )
    return roles.allow_if(allowed, "coordinator or officer of the body")


def roadmap_held_run_list(context: types.Context, _data_dict: dict[str, Any]) -> types.AuthResult:
    """Coordinators and officers; the answer holds what they may decide."""
    return roles.allow_if(
        roles.sees_all(context) or bool(roles.own_bodies(context)), "coordinator or officer"
    )


def roadmap_run_approve(context: types.Context, data_dict: dict[str, Any]) -> types.AuthResult:
    """The portal's side and the data owner's."""
    return roadmap_run_cancel(context, data_dict)


def roadmap_run_decline(context: types.Context, data_dict: dict[str, Any]) -> types.AuthResult:
    """The portal's side and the data owner's."""
    return roadmap_run_cancel(context, data_dict)
