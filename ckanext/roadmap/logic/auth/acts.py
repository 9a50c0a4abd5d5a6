"""Who may act on deadlines, and read their story."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk
from ckan import model, types

from ckanext.roadmap.logic import roles
from ckanext.roadmap.model import ObjectionRow
from ckanext.roadmap.services import story


@tk.auth_sysadmins_check
def roadmap_attest(context: types.Context, data_dict: dict[str, Any]) -> types.AuthResult:
    """Officers of the body sign for its own deadlines; nobody else does in their name."""
    found = story.subject(model.Session(), str(data_dict.get("deadline")))
    allowed = found is not None and roles.is_officer(context, found[0])
    return roles.allow_if(allowed, "officer of the body")


@tk.auth_sysadmins_check
def roadmap_objection_create(context: types.Context, data_dict: dict[str, Any]) -> types.AuthResult:
    """Officers of the body object to its own deadlines' statuses."""
    return roadmap_attest(context, data_dict)


@tk.auth_sysadmins_check
def roadmap_objection_rule(context: types.Context, data_dict: dict[str, Any]) -> types.AuthResult:
    """Auditors rule on objections that others made."""
    objection = model.Session.get(ObjectionRow, str(data_dict.get("id")))
    return roles.allow_ruling(context, objection and objection.by)
