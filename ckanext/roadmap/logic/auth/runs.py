"""Who may read the runs."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk
from ckan import types

from ckanext.roadmap.logic import roles


@tk.auth_allow_anonymous_access
def roadmap_run_list(_context: types.Context, _data_dict: dict[str, Any]) -> types.AuthResult:
    """The ledger of loads is public."""
    return {"success": True}


@tk.auth_allow_anonymous_access
def roadmap_run_show(_context: types.Context, _data_dict: dict[str, Any]) -> types.AuthResult:
    """The ledger of loads is public."""
    return {"success": True}


def roadmap_run_reconcile(context: types.Context, _data_dict: dict[str, Any]) -> types.AuthResult:
    """Coordinators end what a crash left open."""
    return roles.allow_if(roles.is_coordinator(context), "coordinator")
