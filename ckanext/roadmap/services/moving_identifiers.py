"""Identifiers that datasets bring along: kept where nothing here carries them already."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ckanext.roadmap.model import Body, IdentifierRow, MovedDataset, MovedPublisher
from ckanext.roadmap.services import bodies


def may_keep(session: Session, row: MovedDataset) -> bool:
    """Whether a dataset keeps its identifier: no other brought it, and it was issued for nothing here.

    Two workers that ask for one identifier ask one after the other: the second waits until the first ends
    its transaction.
    """
    session.execute(sa.select(sa.func.pg_advisory_xact_lock(sa.func.hashtext(f"moved {row.identifier}"))))
    doubled = session.scalars(MovedDataset.taken(row.identifier).where(MovedDataset.id != row.id)).first()
    issued = session.scalars(IdentifierRow.by_identifier(row.identifier)).first()
    return doubled is None and issued is None


def holders_of(session: Session, identifier: str, day: date) -> set[str]:
    """The organizations (ids) that may carry an identifier that came along: of its body, and of its heir."""
    query = (
        sa.select(Body)
        .join(MovedPublisher, MovedPublisher.body_id == Body.id)
        .join(MovedDataset, MovedPublisher.publishes())
        .where(MovedDataset.identifier == identifier)
        .order_by(MovedDataset.moved_at.nulls_last(), *MovedDataset.order(), MovedDataset.id)
    )
    body = session.scalars(query).first()
    heir = bodies.standing(session, body.name, day) if body else None
    return {one.organization_id for one in (body, heir) if one}


def of_dataset(session: Session, dataset_id: str) -> str | None:
    """The identifier that a dataset brought along."""
    found = session.scalars(MovedDataset.of_dataset(dataset_id)).first()
    return (found.moved or {}).get("identifier") if found else None
