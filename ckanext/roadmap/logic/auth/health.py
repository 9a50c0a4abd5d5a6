"""Who may have the portal look at itself, and read what it saw."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk
from ckan import types

from ckanext.roadmap.logic import roles


def roadmap_heartbeat(context: types.Context, _data_dict: dict[str, Any]) -> types.AuthResult:
    """Coordinators let the portal look at itself."""
    return roles.allow_if(roles.is_coordinator(context), "coordinator")


@tk.auth_allow_anonymous_access
def roadmap_outage_list(_context: types.Context, _data_dict: dict[str, Any]) -> types.AuthResult:
    """Outages are public."""
    return {"success": True}
