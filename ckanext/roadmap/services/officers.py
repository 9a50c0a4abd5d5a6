"""Officers: who speaks for a body. Whoever asks that, of a page, an act or a key, asks here."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ckan import authz
from ckan import model as core

from ckanext.roadmap import config
from ckanext.roadmap.model import Body

CAPACITIES = frozenset({"editor", "admin"})
CASCADE = "roles_that_cascade_to_sub_groups"


@dataclass(frozen=True, slots=True)
class Staff:
    """Who can speak for a body, and who is a member of its organization without being able to: by id."""

    body: Body
    officers: frozenset[str]
    idle: frozenset[str]


def of_body(session: Session, name: str) -> set[str]:
    """Ids of the active users who speak for a body: editors and admins of its organization.

    Or admins of one above it, where roles cascade. Who works for the portal is none of them, but for the
    portal's own organization: who makes an organization in CKAN becomes its admin, and would sign for it.
    """
    organization = core.Group.get(name)
    if organization is None:
        return set()
    found = members(session, organization.id, CAPACITIES)
    for above in organization.get_parent_group_hierarchy(type="organization"):
        found |= members(session, above.id, _cascading())
    return found - of_the_portal(session, name)


def bodies_of(session: Session, user_id: str) -> list[Body]:
    """The bodies for which a user speaks, by code."""
    member = core.Member
    roles = sa.select(member.group_id, member.capacity).where(
        member.table_name == "user",
        member.table_id == user_id,
        member.state == core.State.ACTIVE,
        member.capacity.in_(CAPACITIES),
    )
    found: set[str] = set()
    for group_id, capacity in session.execute(roles).tuples():
        organization = core.Group.get(group_id)
        if organization is not None:
            found.add(organization.id)
            below = organization.get_children_group_hierarchy(type="organization")
            found |= {row[0] for row in below} if capacity in _cascading() else set[str]()
    rows = session.scalars(Body.select_all().where(Body.organization_id.in_(found)))
    return [row for row in rows if user_id in of_body(session, row.name)]


def staff(session: Session) -> list[Staff]:
    """Who speaks for each body, and which memberships of the portal's own people count for nothing."""
    found: list[Staff] = []
    roles = {config.coordinator_organization(), config.commission_organization()}
    for row in session.scalars(Body.select_all()):
        idle = members(session, row.organization_id) & of_the_portal(session, row.name)
        found.append(
            Staff(row, frozenset(of_body(session, row.name)), frozenset(() if row.name in roles else idle))
        )
    return found


def coordinators(session: Session) -> set[str]:
    """Ids of the active members of the coordinator's organization."""
    organization = core.Group.get(config.coordinator_organization())
    return members(session, organization.id) if organization else set()


def of_the_portal(session: Session, organization: str) -> set[str]:
    """Ids of those who run the portal, and so neither answer for a body nor audit: coordinators, sysadmins.

    In the portal's own organization coordinators are at home.
    """
    found = set(session.scalars(sa.select(core.User.id).where(core.User.sysadmin.is_(True))))
    return found if organization == config.coordinator_organization() else found | coordinators(session)


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


def _cascading() -> frozenset[str]:
    told = authz.check_config_permission(CASCADE)
    return CAPACITIES.intersection(told if isinstance(told, list) else ())
