"""Who may push tables, and who lets them."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk
from ckan import model, types

from ckanext.roadmap.logic import roles
from ckanext.roadmap.services import pushing


def roadmap_push_token_create(context: types.Context, _data_dict: dict[str, Any]) -> types.AuthResult:
    """Coordinators issue tokens."""
    return roles.allow_if(roles.is_coordinator(context), "coordinator")


def roadmap_push_token_list(context: types.Context, _data_dict: dict[str, Any]) -> types.AuthResult:
    """Coordinators see which there are."""
    return roles.allow_if(roles.is_coordinator(context), "coordinator")


def roadmap_push_token_revoke(context: types.Context, _data_dict: dict[str, Any]) -> types.AuthResult:
    """Coordinators revoke tokens."""
    return roles.allow_if(roles.is_coordinator(context), "coordinator")


@tk.auth_sysadmins_check
@tk.auth_allow_anonymous_access
def roadmap_push(_context: types.Context, data_dict: dict[str, Any]) -> types.AuthResult:
    """Whoever has a token of the system that the mapping reads; nobody else, not even sysadmins."""
    token, mapping = str(data_dict.get("token") or ""), str(data_dict.get("mapping") or "")
    allowed = pushing.pushing(model.Session(), token, mapping) is not None
    return {"success": allowed, "msg": "" if allowed else tk._("The token does not open this mapping")}


roadmap_push_begin = roadmap_push_check = roadmap_push_chunk = roadmap_push
roadmap_push_fail = roadmap_push_finish = roadmap_push
