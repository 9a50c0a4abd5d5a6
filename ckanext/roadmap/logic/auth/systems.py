"""Who may read and write the register of information systems."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk
from ckan import model, types

from ckanext.roadmap.logic import roles
from ckanext.roadmap.model import System


def roadmap_system_create(context: types.Context, data_dict: dict[str, Any]) -> types.AuthResult:
    """Coordinators, and officers of the body."""
    return _own(context, str(data_dict.get("body")))


def roadmap_system_update(context: types.Context, data_dict: dict[str, Any]) -> types.AuthResult:
    """Coordinators, and officers of the body."""
    found = model.Session.execute(System.by_code(str(data_dict.get("code")))).tuples().first()
    return _own(context, found[1].name if found else "")


def roadmap_system_detail_show(context: types.Context, data_dict: dict[str, Any]) -> types.AuthResult:
    """Who may write a system sees its technical fields; so do auditors."""
    allowed = roles.is_auditor(context) or _own(context, str(data_dict.get("body"))).get("success", False)
    return roles.allow_if(allowed, "officer of the body")


def roadmap_guide_show(context: types.Context, data_dict: dict[str, Any]) -> types.AuthResult:
    """The guide is for those who connect the system: coordinators, and officers of the body."""
    return roadmap_system_update(context, data_dict)


@tk.auth_sysadmins_check
def roadmap_system_answer(context: types.Context, data_dict: dict[str, Any]) -> types.AuthResult:
    """Officers answer for their body."""
    allowed = roles.is_officer(context, str(data_dict.get("body")))
    return roles.allow_if(allowed, "officer of the body")


def _own(context: types.Context, body_name: str) -> types.AuthResult:
    allowed = roles.is_coordinator(context) or roles.is_officer(context, body_name)
    return roles.allow_if(allowed, "officer of the body")
