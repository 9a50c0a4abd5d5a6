"""Who may read and write the approved list."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk
from ckan import types

from ckanext.roadmap.logic import roles


@tk.auth_allow_anonymous_access
def roadmap_list_version_list(_context: types.Context, _data_dict: dict[str, Any]) -> types.AuthResult:
    """The list is public; drafts are left out for those who do not write them."""
    return {"success": True}


@tk.auth_allow_anonymous_access
def roadmap_list_version_show(_context: types.Context, _data_dict: dict[str, Any]) -> types.AuthResult:
    """The list is public; a draft is not found by those who do not write it."""
    return {"success": True}


@tk.auth_allow_anonymous_access
def roadmap_item_list(_context: types.Context, _data_dict: dict[str, Any]) -> types.AuthResult:
    """The list's items are public."""
    return {"success": True}


@tk.auth_allow_anonymous_access
def roadmap_item_show(_context: types.Context, _data_dict: dict[str, Any]) -> types.AuthResult:
    """The list's items are public."""
    return {"success": True}


def roadmap_list_draft_show(context: types.Context, _data_dict: dict[str, Any]) -> types.AuthResult:
    """Coordinators and the commission see a list before it is approved."""
    return roles.allow_if(
        roles.is_coordinator(context) or roles.is_commission(context), "coordinator or commission"
    )


def roadmap_list_check(context: types.Context, data_dict: dict[str, Any]) -> types.AuthResult:
    """Whoever may import a list may have it checked."""
    return roadmap_list_import(context, data_dict)


def roadmap_list_import(context: types.Context, _data_dict: dict[str, Any]) -> types.AuthResult:
    """Coordinators draft the list."""
    return roles.allow_if(roles.is_coordinator(context), "coordinator")


def roadmap_list_version_approve(context: types.Context, _data_dict: dict[str, Any]) -> types.AuthResult:
    """Coordinators record the commission's decision; so does a member of the commission."""
    return roles.allow_if(
        roles.is_coordinator(context) or roles.is_commission(context), "coordinator or commission"
    )
