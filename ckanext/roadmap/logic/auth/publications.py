"""Who may link obligations to datasets, and read what waits to be linked."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk
from ckan import model, types

from ckanext.roadmap.logic import roles
from ckanext.roadmap.model import Body, Obligation, Publication


def roadmap_publication_propose(context: types.Context, data_dict: dict[str, Any]) -> types.AuthResult:
    """Coordinators, and officers of the body that owes."""
    return _for_body(context, _owner(str(data_dict.get("obligation"))))


def roadmap_publication_confirm(context: types.Context, data_dict: dict[str, Any]) -> types.AuthResult:
    """Coordinators, and officers of the body that owes."""
    found = model.Session().get(Publication, str(data_dict.get("id")))
    return _for_body(context, _owner(found.obligation_id) if found else None)


def roadmap_publication_decline(context: types.Context, data_dict: dict[str, Any]) -> types.AuthResult:
    """Whoever may confirm may decline."""
    return roadmap_publication_confirm(context, data_dict)


@tk.auth_allow_anonymous_access
def roadmap_publication_list(context: types.Context, data_dict: dict[str, Any]) -> types.AuthResult:
    """Confirmed and revoked links are public; what is only proposed or declined is for those who decide."""
    if data_dict.get("state") in ("proposed", "declined"):
        return roadmap_unmatched_obligation_list(context, data_dict)
    return {"success": True}


def roadmap_unmatched_obligation_list(context: types.Context, data_dict: dict[str, Any]) -> types.AuthResult:
    """Coordinators see all bodies', officers their own."""
    body = data_dict.get("body")
    is_own = roles.is_officer(context, str(body)) if body else bool(roles.own_bodies(context))
    return roles.allow_if(is_own or roles.is_coordinator(context), "coordinator or officer of the body")


def roadmap_unmatched_dataset_list(context: types.Context, data_dict: dict[str, Any]) -> types.AuthResult:
    """As for obligations."""
    return roadmap_unmatched_obligation_list(context, data_dict)


def _owner(obligation_id: str) -> Body | None:
    obligation = model.Session().get(Obligation, obligation_id)
    return model.Session().get(Body, obligation.body_id) if obligation else None


def _for_body(context: types.Context, body: Body | None) -> types.AuthResult:
    allowed = roles.is_coordinator(context) or (body is not None and roles.is_officer(context, body.name))
    return roles.allow_if(allowed, "coordinator or officer of the body")
