"""Who may write dockets, give opinions in them, and decide."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk
from ckan import model, types

from ckanext.roadmap.logic import roles
from ckanext.roadmap.model import Body, DocketEntry


@tk.auth_sysadmins_check
def roadmap_docket_opinion(context: types.Context, data_dict: dict[str, Any]) -> types.AuthResult:
    """Officers of the body that an entry concerns give its opinion."""
    session = model.Session()
    entry = session.get(DocketEntry, str(data_dict.get("id")))
    body = session.get(Body, entry.body_id) if entry and entry.body_id else None
    return roles.allow_if(body is not None and roles.is_officer(context, body.name), "officer of the body")
