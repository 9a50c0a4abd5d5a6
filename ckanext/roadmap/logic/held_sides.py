"""On whose behalf the user may decide on held loads."""

from __future__ import annotations

from ckan import authz, model, types

from ckanext.roadmap.domain.holding import Side, sides_of
from ckanext.roadmap.logic import roles
from ckanext.roadmap.services import officers


def sides(context: types.Context, body: str) -> frozenset[Side]:
    """The sides for which the user may decide on loads of a body (by name)."""
    owners = officers.of_body(model.Session(), body)
    user = authz.get_user_id_for_username(context.get("user") or "", allow_none=True)
    return sides_of(officer=user in owners, coordinator=roles.sees_all(context), attended=bool(owners))


def has_officers(body: str) -> bool:
    """Whether anybody can decide on a body's behalf."""
    return bool(officers.of_body(model.Session(), body))
