"""Who has which role: members of the organizations that the configuration names."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import ckan.plugins.toolkit as tk
from ckan import authz, model, types

from ckanext.roadmap import config
from ckanext.roadmap.model import Body
from ckanext.roadmap.services import officers


def is_coordinator(context: types.Context) -> bool:
    """Whether the user runs the list, the ledger and the quarter."""
    return _is_member(context, config.coordinator_organization())


def is_auditor(context: types.Context) -> bool:
    """Whether the user audits statuses and rules on objections; who runs the portal doesn't audit it too."""
    name = config.auditor_organization()
    return _is_member(context, name) and _user_id(context) not in officers.of_the_portal(
        model.Session(), name
    )


def is_commission(context: types.Context) -> bool:
    """Whether the user sits on the Coordination Commission."""
    return _is_member(context, config.commission_organization())


def is_officer(context: types.Context, body_name: str) -> bool:
    """Whether the user speaks for a body, and can sign in its name."""
    user_id = _user_id(context)
    return user_id is not None and user_id in officers.of_body(model.Session(), body_name)


def sees_all(context: types.Context) -> bool:
    """Whether the user works for every body: a coordinator or a system administrator."""
    return is_coordinator(context) or authz.is_sysadmin(context.get("user"))


def seer(context: types.Context) -> Callable[[str], bool]:
    """Whether the user may see a dataset (id); one that is gone is seen by nobody."""

    @cache
    def sees(dataset_id: str) -> bool:
        try:
            return tk.check_access("package_show", tk.fresh_context(context), {"id": dataset_id})
        except (tk.NotAuthorized, tk.ObjectNotFound):
            return False

    return sees


def reads_all_of(context: types.Context, organization_id: str | None) -> bool:
    """Whether the user reads what an organization keeps private."""
    user = context.get("user") or None
    return bool(
        context.get("ignore_auth")
        or authz.has_user_permission_for_group_or_org(organization_id, user, "read")
    )


def own_bodies(context: types.Context) -> list[Body]:
    """The bodies of which the user is an officer."""
    user_id = _user_id(context)
    return officers.bodies_of(model.Session(), user_id) if user_id else []


def allow_ruling(context: types.Context, author_id: str | None) -> types.AuthResult:
    """An answer for who rules: auditors, but nobody on what they themselves wrote."""
    if author_id is not None and author_id == _user_id(context):
        return {
            "success": False,
            "msg": tk._("Nobody rules on what they themselves wrote. Let another auditor rule on it."),
        }
    return allow_if(is_auditor(context), "auditor")


def allow_if(allowed: bool, needed: str) -> types.AuthResult:
    """An authorization answer that names the role it takes."""
    if allowed:
        return {"success": True}
    return {"success": False, "msg": tk._("This takes the role: {role}").format(role=needed)}


def _is_member(context: types.Context, organization_name: str) -> bool:
    organization = model.Group.get(organization_name) if organization_name else None
    user = context.get("user")
    return bool(organization and user and authz.users_role_for_group_or_org(organization.id, user))


def _user_id(context: types.Context) -> str | None:
    return authz.get_user_id_for_username(context.get("user") or "", allow_none=True) or None
