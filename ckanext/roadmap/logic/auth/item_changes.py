"""Who may see what was changed in a draft, and undo it."""

from __future__ import annotations

from typing import Any

from ckan import types

from .list_life import roadmap_item_update
from .lists import roadmap_list_draft_show


def roadmap_item_change_list(context: types.Context, data_dict: dict[str, Any]) -> types.AuthResult:
    """Whoever sees drafts sees how they came about; the names of officials are not public."""
    return roadmap_list_draft_show(context, data_dict)


def roadmap_item_change_undo(context: types.Context, data_dict: dict[str, Any]) -> types.AuthResult:
    """Whoever may change items may undo changes."""
    return roadmap_item_update(context, data_dict)
