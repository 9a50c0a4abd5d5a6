"""Who has which role: members of the organizations that the configuration names."""

from __future__ import annotations

import ckan.plugins.toolkit as tk
from ckan import authz, model, types

from ckanext.roadmap import config


def is_coordinator(context: types.Context) -> bool:
    """Whether the user runs the list, the ledger and the quarter."""
    return _is_member(context, config.coordinator_organization())


def is_auditor(context: types.Context) -> bool:
    """Whether the user audits statuses and rules on objections."""
    return _is_member(context, config.auditor_organization())


def is_commission(context: types.Context) -> bool:
    """Whether the user sits on the Coordination Commission."""
    return _is_member(context, config.commission_organization())


def is_officer(context: types.Context, body_name: str) -> bool:
    """Whether the user is a body officer: an editor or admin of the body's own organization."""
    return _role_in(context, body_name) in ("editor", "admin")


def allow_if(allowed: bool, needed: str) -> types.AuthResult:
    """An authorization answer that names the role it takes."""
    if allowed:
        return {"success": True}
    return {"success": False, "msg": tk._("This takes the role: {role}").format(role=needed)}


def _is_member(context: types.Context, organization_name: str) -> bool:
    return _role_in(context, organization_name) is not None


def _role_in(context: types.Context, organization_name: str) -> str | None:
    user = context.get("user")
    if not (user and organization_name and authz.get_user_id_for_username(user, allow_none=True)):
        return None
    organization = model.Group.get(organization_name)
    return authz.users_role_for_group_or_org(organization.id, user) if organization else None
