"""Officers: who decides on a body's behalf."""

from __future__ import annotations

from collections.abc import Collection

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ckan import authz
from ckan import model as core

from ckanext.roadmap import config

CAPACITIES = frozenset({"editor", "admin"})
CASCADE = "roles_that_cascade_to_sub_groups"


def of_body(session: Session, name: str) -> set[str]:
    """Ids of the active users who can turn the owner's key of a body: editors and admins of its organization.

    Or admins of one above it, where roles cascade. Who works for the portal is none of them, but for the
    portal's own organization: who imports the register becomes admin of every organization that it makes.
    """
    organization = core.Group.get(name)
    if organization is None:
        return set()
    found = members(session, organization.id, CAPACITIES)
    cascading = authz.check_config_permission(CASCADE)
    cascade = CAPACITIES.intersection(cascading if isinstance(cascading, list) else ())
    for above in organization.get_parent_group_hierarchy(type="organization"):
        found |= members(session, above.id, cascade)
    return found - _of_the_portal(session, name)


def coordinators(session: Session) -> set[str]:
    """Ids of the active members of the coordinator's organization."""
    organization = core.Group.get(config.coordinator_organization())
    return members(session, organization.id) if organization else set()


def _of_the_portal(session: Session, body: str) -> set[str]:
    found = set(session.scalars(sa.select(core.User.id).where(core.User.sysadmin.is_(True))))
    return found if body == config.coordinator_organization() else found | coordinators(session)


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
