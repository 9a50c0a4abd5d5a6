"""Who has which role: members of the organizations that the configuration names."""

from __future__ import annotations

import sqlalchemy as sa

import ckan.plugins.toolkit as tk
from ckan import authz, model, types

from ckanext.roadmap import config
from ckanext.roadmap.model import Body


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


def sees_all(context: types.Context) -> bool:
    """Whether the user works for every body: a coordinator or a system administrator."""
    return is_coordinator(context) or authz.is_sysadmin(context.get("user"))


def own_bodies(context: types.Context) -> list[Body]:
    """The bodies of which the user is an officer."""
    user_id = authz.get_user_id_for_username(context.get("user") or "", allow_none=True)
    if not user_id:
        return []
    member = model.Member
    own = sa.select(member.group_id).where(
        member.table_name == "user",
        member.table_id == user_id,
        member.state == model.State.ACTIVE,
        member.capacity.in_(("editor", "admin")),
    )
    found = model.Session.scalars(Body.select_all().where(Body.organization_id.in_(own)))
    return [body for body in found if is_officer(context, body.name)]


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
