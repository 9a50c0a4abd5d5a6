"""Who may push tables, and who lets them."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk
from ckan import model, types

from ckanext.roadmap.services import pushing


@tk.auth_sysadmins_check
@tk.auth_allow_anonymous_access
def roadmap_push_begin(_context: types.Context, data_dict: dict[str, Any]) -> types.AuthResult:
    """Whoever has a token of the system that the mapping reads; nobody else, not even sysadmins."""
    token, mapping = str(data_dict.get("token") or ""), str(data_dict.get("mapping") or "")
    allowed = pushing.pushing(model.Session(), token, mapping) is not None
    return {"success": allowed, "msg": "" if allowed else tk._("The token does not open this mapping")}


roadmap_push_check = roadmap_push_chunk = roadmap_push_fail = roadmap_push_finish = roadmap_push_begin
