"""Who may move a list version through its life."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk
from ckan import types

from ckanext.roadmap.logic import roles


def _coordinator(context: types.Context) -> types.AuthResult:
    return roles.allow_if(roles.is_coordinator(context), "coordinator")


def _decision(context: types.Context) -> types.AuthResult:
    allowed = roles.is_coordinator(context) or roles.is_commission(context)
    return roles.allow_if(allowed, "coordinator or commission")


def roadmap_list_version_create(context: types.Context, _data_dict: dict[str, Any]) -> types.AuthResult:
    """Coordinators draft the list."""
    return _coordinator(context)


def roadmap_list_version_submit(context: types.Context, _data_dict: dict[str, Any]) -> types.AuthResult:
    """Coordinators hand the list to the commission."""
    return _coordinator(context)


def roadmap_list_version_reject(context: types.Context, _data_dict: dict[str, Any]) -> types.AuthResult:
    """Coordinators record the commission's decision; so does a member of the commission."""
    return _decision(context)


def roadmap_list_version_correct(context: types.Context, _data_dict: dict[str, Any]) -> types.AuthResult:
    """Coordinators record the act that orders a correction; so does a member of the commission."""
    return _decision(context)


@tk.auth_allow_anonymous_access
def roadmap_list_correction_list(_context: types.Context, _data_dict: dict[str, Any]) -> types.AuthResult:
    """Corrections are public."""
    return {"success": True}


@tk.auth_allow_anonymous_access
def roadmap_list_version_diff(_context: types.Context, _data_dict: dict[str, Any]) -> types.AuthResult:
    """The list is public; a draft is not found by those who do not write it."""
    return {"success": True}


def roadmap_item_create(context: types.Context, _data_dict: dict[str, Any]) -> types.AuthResult:
    """Coordinators draft the list."""
    return _coordinator(context)


def roadmap_item_update(context: types.Context, _data_dict: dict[str, Any]) -> types.AuthResult:
    """Coordinators draft the list."""
    return _coordinator(context)


def roadmap_item_retire(context: types.Context, _data_dict: dict[str, Any]) -> types.AuthResult:
    """Coordinators draft the list."""
    return _coordinator(context)


@tk.auth_allow_anonymous_access
def roadmap_item_history(_context: types.Context, _data_dict: dict[str, Any]) -> types.AuthResult:
    """The list's items are public."""
    return {"success": True}
