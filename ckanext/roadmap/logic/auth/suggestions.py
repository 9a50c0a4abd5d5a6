"""Who may write to the box of suggestions, and who keeps it in order."""

from __future__ import annotations

from typing import Any

from ckan import types


def roadmap_suggestion_notice_list(_context: types.Context, _data_dict: dict[str, Any]) -> types.AuthResult:
    """Users see what they were told themselves."""
    return {"success": True}


def roadmap_suggestion_notice_seen(_context: types.Context, _data_dict: dict[str, Any]) -> types.AuthResult:
    """Users put away what they were told themselves."""
    return {"success": True}
