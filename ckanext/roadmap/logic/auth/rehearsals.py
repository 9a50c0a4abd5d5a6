"""Who may see rehearsals."""

from __future__ import annotations

from typing import Any

from ckan import types

from ckanext.roadmap.logic.auth.mappings import roadmap_mapping_show


def roadmap_rehearsal_list(context: types.Context, data_dict: dict[str, Any]) -> types.AuthResult:
    """Whoever sees the mapping."""
    return roadmap_mapping_show(context, data_dict)


def roadmap_rehearsal_create(context: types.Context, data_dict: dict[str, Any]) -> types.AuthResult:
    """Whoever may have the mapping loaded."""
    return roadmap_mapping_show(context, data_dict)
