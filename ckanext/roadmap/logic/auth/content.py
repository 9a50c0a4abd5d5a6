"""Who may have the portal's own data measured."""

from __future__ import annotations

from typing import Any

from ckan import types

from ckanext.roadmap.logic import roles


def roadmap_content_measure(context: types.Context, _data_dict: dict[str, Any]) -> types.AuthResult:
    """Coordinators have data measured."""
    return roles.allow_if(roles.is_coordinator(context), "coordinator")
