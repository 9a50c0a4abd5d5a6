"""Who may read and write the register of bodies."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk
from ckan import types

from ckanext.roadmap.logic import roles


@tk.auth_allow_anonymous_access
def roadmap_body_list(_context: types.Context, _data_dict: dict[str, Any]) -> types.AuthResult:
    """The register is public."""
    return {"success": True}


@tk.auth_allow_anonymous_access
def roadmap_body_show(_context: types.Context, _data_dict: dict[str, Any]) -> types.AuthResult:
    """The register is public."""
    return {"success": True}


@tk.auth_allow_anonymous_access
def roadmap_body_tree(_context: types.Context, _data_dict: dict[str, Any]) -> types.AuthResult:
    """The register is public."""
    return {"success": True}


def roadmap_body_check(context: types.Context, data_dict: dict[str, Any]) -> types.AuthResult:
    """Whoever may import the register may have a file compared with it."""
    return roadmap_body_import(context, data_dict)


def roadmap_body_import(context: types.Context, _data_dict: dict[str, Any]) -> types.AuthResult:
    """Coordinators keep the register."""
    return roles.allow_if(roles.is_coordinator(context), "coordinator")


def roadmap_officer_list(context: types.Context, _data_dict: dict[str, Any]) -> types.AuthResult:
    """Coordinators see who can act for the bodies."""
    return roles.allow_if(roles.is_coordinator(context), "coordinator")


def roadmap_officer_release(context: types.Context, _data_dict: dict[str, Any]) -> types.AuthResult:
    """Coordinators take the portal's own people out of bodies' organizations."""
    return roles.allow_if(roles.is_coordinator(context), "coordinator")
