"""Links obligations to the datasets that answer them."""

from __future__ import annotations

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ckan import model as core

from ckanext.roadmap.domain.body import resolve
from ckanext.roadmap.domain.event import Place
from ckanext.roadmap.model import Item, Obligation, ObligationTerm, Publication
from ckanext.roadmap.model.columns import new_id
from ckanext.roadmap.services.bodies import load_register


def obligations_for(session: Session, item_code: str, body_name: str, at: date) -> list[Obligation]:
    """The obligations in force on a day by which a body, or what became of it, owes an item."""
    register = load_register(session)
    body_id = register.id_of(body_name)
    if body_id is None:
        return []
    heirs = resolve(body_id, register.successions, at)
    query = (
        sa.select(Obligation)
        .join(Item, Item.id == Obligation.item_id)
        .join(ObligationTerm, ObligationTerm.obligation_id == Obligation.id)
        .where(Item.code == item_code, Obligation.body_id.in_(heirs), ObligationTerm.in_force_from <= at)
        .where(sa.or_(ObligationTerm.in_force_to.is_(None), ObligationTerm.in_force_to > at))
        .distinct()
    )
    return list(session.scalars(query))


def datasets_of(session: Session, organization_id: str) -> list[str]:
    """The ids of the datasets that belong to an organization."""
    package = core.Package
    owned = sa.select(package.id).where(
        package.owner_org == organization_id, package.state != core.State.DELETED
    )
    return list(session.scalars(owned.order_by(package.name)))


def link(
    session: Session,
    now: datetime,
    obligation_id: str,
    dataset_id: str,
    resource_id: str | None,
    by: str,
    how: str,
    place: Place = Place.portal,
) -> Publication:
    """Confirm that a dataset answers an obligation; told twice, it stays one link. The caller commits.

    :param by: who confirms (a user's id, or the name of the mapping that was approved)
    :param how: what the link rests on, for example `mapping`
    """
    found = session.scalars(Publication.standing(obligation_id, dataset_id, place)).first()
    if found is None:
        found = Publication(
            id=new_id(),
            obligation_id=obligation_id,
            dataset_id=dataset_id,
            resource_id=resource_id,
            place=str(place),
            how=how,
            proposed_at=now,
            proposed_by=by,
        )
        session.add(found)
    if found.confirmed_at is None:
        found.confirmed_at, found.confirmed_by = now, by
    session.flush()
    return found
