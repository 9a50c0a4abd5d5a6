"""Who may write dockets, give opinions in them, and decide."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk
from ckan import model, types

from ckanext.roadmap.logic import roles
from ckanext.roadmap.model import Body, DocketEntry


@tk.auth_allow_anonymous_access
def roadmap_docket_list(_context: types.Context, _data_dict: dict[str, Any]) -> types.AuthResult:
    """Dockets that were held are public; others are listed for those who write, judge or answer them."""
    return {"success": True}


@tk.auth_allow_anonymous_access
def roadmap_docket_show(_context: types.Context, _data_dict: dict[str, Any]) -> types.AuthResult:
    """As for the list: a docket that is not public is not found by others."""
    return {"success": True}


def roadmap_docket_create(context: types.Context, _data_dict: dict[str, Any]) -> types.AuthResult:
    """Coordinators write dockets."""
    return roles.allow_if(roles.is_coordinator(context), "coordinator")


def roadmap_docket_update(context: types.Context, data_dict: dict[str, Any]) -> types.AuthResult:
    """Coordinators write dockets."""
    return roadmap_docket_create(context, data_dict)


def roadmap_docket_waiting(context: types.Context, data_dict: dict[str, Any]) -> types.AuthResult:
    """Coordinators write dockets."""
    return roadmap_docket_create(context, data_dict)


def roadmap_docket_send(context: types.Context, data_dict: dict[str, Any]) -> types.AuthResult:
    """Coordinators send dockets to the commission."""
    return roadmap_docket_create(context, data_dict)


def roadmap_docket_entry_create(context: types.Context, data_dict: dict[str, Any]) -> types.AuthResult:
    """Coordinators write dockets."""
    return roadmap_docket_create(context, data_dict)


def roadmap_docket_entry_update(context: types.Context, data_dict: dict[str, Any]) -> types.AuthResult:
    """Coordinators write dockets."""
    return roadmap_docket_create(context, data_dict)


def roadmap_docket_entry_delete(context: types.Context, data_dict: dict[str, Any]) -> types.AuthResult:
    """Coordinators write dockets."""
    return roadmap_docket_create(context, data_dict)


@tk.auth_sysadmins_check
def roadmap_docket_opinion(context: types.Context, data_dict: dict[str, Any]) -> types.AuthResult:
    """Officers of the body that an entry concerns give its opinion."""
    session = model.Session()
    entry = session.get(DocketEntry, str(data_dict.get("id")))
    body = session.get(Body, entry.body_id) if entry and entry.body_id else None
    return roles.allow_if(body is not None and roles.is_officer(context, body.name), "officer of the body")


def roadmap_docket_decide(context: types.Context, _data_dict: dict[str, Any]) -> types.AuthResult:
    """Members of the commission record its decisions; so does a coordinator for them."""
    allowed = roles.is_coordinator(context) or roles.is_commission(context)
    return roles.allow_if(allowed, "coordinator or commission")


def roadmap_docket_close(context: types.Context, data_dict: dict[str, Any]) -> types.AuthResult:
    """As for decisions."""
    return roadmap_docket_decide(context, data_dict)
