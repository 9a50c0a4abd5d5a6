"""Who may read what a table was before."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk
from ckan import types


@tk.auth_allow_anonymous_access
def roadmap_version_list(context: types.Context, data_dict: dict[str, Any]) -> types.AuthResult:
    """Whoever may read the resource: not while its dataset is private, or its data are taken down."""
    tk.check_access("resource_show", context, {"id": data_dict.get("resource")})
    return {"success": True}


@tk.auth_allow_anonymous_access
def roadmap_changes_list(context: types.Context, data_dict: dict[str, Any]) -> types.AuthResult:
    """Whoever may read the resource."""
    return roadmap_version_list(context, data_dict)
