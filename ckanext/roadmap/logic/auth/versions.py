"""Who may read what a table was before."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk
from ckan import types

from ckanext.roadmap.logic import roles


@tk.auth_allow_anonymous_access
def roadmap_version_list(context: types.Context, data_dict: dict[str, Any]) -> types.AuthResult:
    """Whoever may read the resource: not while its dataset is private, or its data are taken down."""
    tk.check_access("resource_show", context, {"id": data_dict.get("resource")})
    return {"success": True}


@tk.auth_allow_anonymous_access
def roadmap_changes_list(context: types.Context, data_dict: dict[str, Any]) -> types.AuthResult:
    """Whoever may read the resource."""
    return roadmap_version_list(context, data_dict)


def roadmap_run_prune(context: types.Context, _data_dict: dict[str, Any]) -> types.AuthResult:
    """Coordinators let go what has outlived its rule."""
    return roles.allow_if(roles.is_coordinator(context), "coordinator")
