"""Who may write to the box of suggestions, and who keeps it in order."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk
from ckan import types

from ckanext.roadmap.logic import roles


@tk.auth_allow_anonymous_access
def roadmap_suggestion_create(_context: types.Context, _data_dict: dict[str, Any]) -> types.AuthResult:
    """Anyone may suggest a dataset."""
    return {"success": True}


@tk.auth_allow_anonymous_access
def roadmap_suggestion_confirm(_context: types.Context, _data_dict: dict[str, Any]) -> types.AuthResult:
    """Whoever holds a token may confirm what it stands for."""
    return {"success": True}


@tk.auth_allow_anonymous_access
def roadmap_suggestion_list(_context: types.Context, _data_dict: dict[str, Any]) -> types.AuthResult:
    """Suggestions are public."""
    return {"success": True}


@tk.auth_allow_anonymous_access
def roadmap_suggestion_show(_context: types.Context, _data_dict: dict[str, Any]) -> types.AuthResult:
    """Suggestions are public."""
    return {"success": True}


@tk.auth_allow_anonymous_access
def roadmap_suggestion_second(_context: types.Context, _data_dict: dict[str, Any]) -> types.AuthResult:
    """Anyone may second a suggestion."""
    return {"success": True}


@tk.auth_allow_anonymous_access
def roadmap_suggestion_comment(_context: types.Context, _data_dict: dict[str, Any]) -> types.AuthResult:
    """Anyone may comment."""
    return {"success": True}


def roadmap_suggestion_merge(context: types.Context, _data_dict: dict[str, Any]) -> types.AuthResult:
    """Coordinators merge suggestions."""
    return roles.allow_if(roles.is_coordinator(context), "coordinator")


def roadmap_suggestion_hide(context: types.Context, _data_dict: dict[str, Any]) -> types.AuthResult:
    """Coordinators hide what does not belong in public."""
    return roles.allow_if(roles.is_coordinator(context), "coordinator")


def roadmap_suggestion_gap_import(context: types.Context, _data_dict: dict[str, Any]) -> types.AuthResult:
    """Coordinators feed the gaps that ratings found."""
    return roles.allow_if(roles.is_coordinator(context), "coordinator")


def roadmap_suggestion_notice_list(_context: types.Context, _data_dict: dict[str, Any]) -> types.AuthResult:
    """Users see what they were told themselves."""
    return {"success": True}


def roadmap_suggestion_notice_seen(_context: types.Context, _data_dict: dict[str, Any]) -> types.AuthResult:
    """Users put away what they were told themselves."""
    return {"success": True}
