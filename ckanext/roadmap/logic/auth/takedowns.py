"""Who may take personal data down, and who rules on it."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk
from ckan import model, types

from ckanext.roadmap.logic import roles


def roadmap_takedown_create(context: types.Context, data_dict: dict[str, Any]) -> types.AuthResult:
    """Coordinators and auditors take down any data, officers those of their own body."""
    allowed = roles.is_coordinator(context) or roles.is_auditor(context) or _is_own(context, data_dict)
    return roles.allow_if(allowed, "officer of the body")


@tk.auth_sysadmins_check
def roadmap_takedown_rule(context: types.Context, _data_dict: dict[str, Any]) -> types.AuthResult:
    """Auditors rule on takedowns."""
    return roles.allow_if(roles.is_auditor(context), "auditor")


def _is_own(context: types.Context, data_dict: dict[str, Any]) -> bool:
    resource = model.Resource.get(str(data_dict.get("resource")))
    package = model.Package.get(resource.package_id) if resource is not None else None
    organization = model.Group.get(package.owner_org) if package is not None and package.owner_org else None
    return organization is not None and roles.is_officer(context, organization.name)
