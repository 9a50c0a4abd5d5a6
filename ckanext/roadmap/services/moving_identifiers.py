"""Identifiers that datasets bring along: kept where nothing here carries them already."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ckanext.roadmap.model import Body, IdentifierRow, MovedDataset, MovedPublisher


def may_keep(session: Session, row: MovedDataset) -> bool:
    """Whether a dataset keeps its identifier: no other brought it, and it was issued for nothing here."""
    doubled = session.scalars(MovedDataset.taken(row.identifier).where(MovedDataset.id != row.id)).first()
    issued = session.scalars(IdentifierRow.by_identifier(row.identifier)).first()
    return doubled is None and issued is None


def holder_of(session: Session, identifier: str) -> str | None:
    """The id of the organization whose dataset brought an identifier along; None: none did."""
    query = (
        sa.select(Body.organization_id)
        .join(MovedPublisher, MovedPublisher.body_id == Body.id)
        .join(MovedDataset, MovedPublisher.publishes())
        .where(MovedDataset.identifier == identifier)
        .order_by(MovedDataset.moved_at.nulls_last())
    )
    return session.scalars(query).first()


def of_dataset(session: Session, dataset_id: str) -> str | None:
    """The identifier that a dataset brought along."""
    found = session.scalars(MovedDataset.of_dataset(dataset_id)).first()
    return (found.moved or {}).get("identifier") if found else None
