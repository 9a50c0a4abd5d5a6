"""Issues the identifiers of datasets: one for each obligation, once and for good."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from itertools import chain

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ckanext.roadmap.domain import identifier
from ckanext.roadmap.model import Body, IdentifierRow, Item, MovedDataset, Obligation, Publication
from ckanext.roadmap.services import ledger


def issue(session: Session, now: datetime, by: str) -> int:
    """Issue what obligations lack; told twice, or by two at once, each gets one. The caller commits.

    :returns: how many were issued
    :raises RoadmapError: a body has no number left
    """
    ledger.lock(session, IdentifierRow)
    lacking = session.execute(_lacking()).tuples().all()
    if not lacking:
        return 0
    numbering = identifier.Numbering(
        dict(session.execute(IdentifierRow.last_numbers()).tuples().all()),
        chain(session.scalars(sa.select(Item.code)), session.scalars(MovedDataset.identifiers())),
        session.scalars(sa.select(IdentifierRow.identifier)),
    )
    rows: list[IdentifierRow] = []
    for obligation_id, body_code, item_code in lacking:
        text, number = numbering.take(body_code, item_code)
        rows.append(
            IdentifierRow(
                identifier=text, body_code=body_code, number=number, obligation_id=obligation_id, by=by
            )
        )
    return len(ledger.append(session, now, rows))


def of_obligations(session: Session, ids: Collection[str]) -> dict[str, str]:
    """The identifiers of obligations."""
    query = IdentifierRow.of_obligations(list(ids))
    return {row.obligation_id: row.identifier for row in session.scalars(query)}


def of_dataset(session: Session, dataset_id: str) -> list[str]:
    """The identifiers of the obligations that a dataset answers, the one linked first first."""
    query = (
        sa.select(IdentifierRow.identifier)
        .join(Publication, Publication.obligation_id == IdentifierRow.obligation_id)
        .where(Publication.dataset_id == dataset_id)
        .where(Publication.confirmed_at.is_not(None), Publication.revoked_at.is_(None))
        .order_by(Publication.confirmed_at, IdentifierRow.identifier)
    )
    return list(dict.fromkeys(session.scalars(query)))


def of_item(session: Session, item_code: str) -> dict[str, str]:
    """The identifiers under which bodies publish an item, by the name of who holds the obligation now."""
    query = (
        sa.select(Body.name, IdentifierRow.identifier)
        .join(Obligation, Obligation.id == IdentifierRow.obligation_id)
        .join(Body, Body.id == Obligation.body_id)
        .join(Item, Item.id == Obligation.item_id)
        .where(Item.code == item_code)
        .order_by(IdentifierRow.identifier)
    )
    return dict(session.execute(query).tuples().all())


def holder_of(session: Session, text: str) -> str | None:
    """The id of the organization that holds what was issued under an identifier; None: it never was."""
    query = (
        sa.select(Body.organization_id)
        .join(Obligation, Obligation.body_id == Body.id)
        .join(IdentifierRow, IdentifierRow.obligation_id == Obligation.id)
        .where(IdentifierRow.identifier == text)
    )
    return session.scalars(query).first()


def _lacking() -> sa.Select[tuple[str, str, str]]:
    issued = sa.select(IdentifierRow.id).where(IdentifierRow.obligation_id == Obligation.id)
    return (
        sa.select(Obligation.id, Body.code, Item.code)
        .join(Body, Body.id == Obligation.body_id)
        .join(Item, Item.id == Obligation.item_id)
        .where(~issued.exists())
        .order_by(Body.code, Item.code)
    )
