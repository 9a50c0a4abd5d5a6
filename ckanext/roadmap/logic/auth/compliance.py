"""Who may read compliance and keep the ledger going."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk
from ckan import types

from ckanext.roadmap.logic import roles


@tk.auth_allow_anonymous_access
def roadmap_compliance_show(_context: types.Context, _data_dict: dict[str, Any]) -> types.AuthResult:
    """Compliance is public."""
    return {"success": True}


@tk.auth_allow_anonymous_access
def roadmap_territory_show(_context: types.Context, _data_dict: dict[str, Any]) -> types.AuthResult:
    """Coverage of the regions is public; tables are opened to those alone who may see them."""
    return {"success": True}


@tk.auth_allow_anonymous_access
def roadmap_badge_show(_context: types.Context, _data_dict: dict[str, Any]) -> types.AuthResult:
    """Badges are public; that of a dataset asks for the dataset's own."""
    return {"success": True}


@tk.auth_allow_anonymous_access
def roadmap_dataset_compliance_show(context: types.Context, data_dict: dict[str, Any]) -> types.AuthResult:
    """Whoever may see a dataset sees what it serves."""
    tk.check_access("package_show", tk.fresh_context(context), {"id": data_dict.get("id")})
    return {"success": True}


@tk.auth_allow_anonymous_access
def roadmap_contract_show(context: types.Context, data_dict: dict[str, Any]) -> types.AuthResult:
    """Whoever may see a dataset sees how it keeps its contract."""
    return roadmap_dataset_compliance_show(context, data_dict)


def roadmap_ledger_extend(context: types.Context, _data_dict: dict[str, Any]) -> types.AuthResult:
    """Coordinators write deadlines ahead."""
    return roles.allow_if(roles.is_coordinator(context), "coordinator")


def roadmap_ledger_rebuild(context: types.Context, _data_dict: dict[str, Any]) -> types.AuthResult:
    """Coordinators make the stored results again."""
    return roles.allow_if(roles.is_coordinator(context), "coordinator")


@tk.auth_allow_anonymous_access
def roadmap_ledger_head(_context: types.Context, _data_dict: dict[str, Any]) -> types.AuthResult:
    """The heads of the chains are public: anybody may note them."""
    return {"success": True}


@tk.auth_allow_anonymous_access
def roadmap_light_list(_context: types.Context, _data_dict: dict[str, Any]) -> types.AuthResult:
    """The thresholds of the light are public."""
    return {"success": True}


def roadmap_ledger_verify(context: types.Context, _data_dict: dict[str, Any]) -> types.AuthResult:
    """Coordinators and auditors check the ledger."""
    return roles.allow_if(
        roles.is_coordinator(context) or roles.is_auditor(context), "coordinator or auditor"
    )


@tk.auth_allow_anonymous_access
def roadmap_obligation_list(_context: types.Context, _data_dict: dict[str, Any]) -> types.AuthResult:
    """Obligations are public."""
    return {"success": True}


@tk.auth_allow_anonymous_access
def roadmap_refresh_list(_context: types.Context, _data_dict: dict[str, Any]) -> types.AuthResult:
    """What was refreshed and what really changed is public."""
    return {"success": True}
