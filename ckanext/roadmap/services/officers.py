"""Officers: who decides on a body's behalf."""

from __future__ import annotations

from collections.abc import Collection

import sqlalchemy as sa
from sqlalchemy.orm import Session

import ckan.plugins.toolkit as tk
from ckan import authz
from ckan import model as core

CAPACITIES = frozenset({"editor", "admin"})
CASCADE = "roles_that_cascade_to_sub_groups"


def of_body(session: Session, name: str) -> set[str]:
    """Ids of the active users who are editors or admins of a body's organization, or of one above it."""
    organization = core.Group.get(name)
    if organization is None:
        return set()
    found = members(session, organization.id, CAPACITIES)
    cascade = CAPACITIES.intersection(tk.aslist(authz.check_config_permission(CASCADE)))
    for above in organization.get_parent_group_hierarchy(type="organization"):
        found |= members(session, above.id, cascade)
    return found


def members(session: Session, organization_id: str, capacities: Collection[str] | None = None) -> set[str]:
    """Ids of the active users who are members of an organization.

    :param capacities: only those with one of these roles; None: all
    """
    member = core.Member
    query = (
        sa.select(core.User.id)
        .join(member, member.table_id == core.User.id)
        .where(
            member.table_name == "user",
            member.group_id == organization_id,
            member.state == core.State.ACTIVE,
            core.User.state == core.State.ACTIVE,
        )
    )
    if capacities is not None:
        query = query.where(member.capacity.in_(capacities))
    return set(session.scalars(query))
