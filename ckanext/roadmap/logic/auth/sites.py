"""Who may send the portal to other sites, and read what it saw there."""

from __future__ import annotations

from typing import Any

from ckan import types

from ckanext.roadmap.logic import roles


def roadmap_site_check(context: types.Context, data_dict: dict[str, Any]) -> types.AuthResult:
    """Coordinators have any link looked at, officers those of their own body."""
    body = data_dict.get("body")
    is_own = bool(body) and roles.is_officer(context, str(body))
    return roles.allow_if(is_own or roles.is_coordinator(context), "officer of the body")
