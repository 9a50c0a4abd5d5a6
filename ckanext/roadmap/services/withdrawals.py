"""Datasets taken from the public: an event for each obligation that they answered."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ckan import model as core

from ckanext.roadmap.domain.event import EventKind, Grade
from ckanext.roadmap.model import DataEventRow, Publication
from ckanext.roadmap.services import events


def record(session: Session, now: datetime, dataset_id: str) -> list[str]:
    """Record that a dataset is no longer public, unless that is known already; the caller commits.

    An obligation that another public dataset answers is left as it is.

    :returns: the ids of the events
    """
    owed = _answered(session, dataset_id)
    if not owed:
        return []
    newest = (
        sa.select(DataEventRow.obligation_id, DataEventRow.kind)
        .where(DataEventRow.obligation_id.in_(owed), DataEventRow.dataset_id == dataset_id)
        .where(DataEventRow.kind.in_([EventKind.changed, EventKind.unchanged, EventKind.withdrawn]))
        .order_by(DataEventRow.seq)
    )
    last: dict[str, str] = {row.obligation_id: row.kind for row in session.execute(newest)}
    return events.record(
        session,
        now,
        obligation_ids=[id_ for id_ in owed if last.get(id_) != EventKind.withdrawn],
        kind=EventKind.withdrawn,
        at=now,
        grade=Grade.measured,
        source="portal",
        dataset_id=dataset_id,
    )


def _answered(session: Session, dataset_id: str) -> list[str]:
    """The obligations that this dataset answers, and no other public one."""
    standing = Publication.confirmed().where(Publication.revoked_at.is_(None))
    own = {row.obligation_id for row in session.scalars(standing.where(Publication.dataset_id == dataset_id))}
    package = core.Package
    others = (
        standing.where(Publication.obligation_id.in_(own), Publication.dataset_id != dataset_id)
        .join(package, package.id == Publication.dataset_id)
        .where(package.state == core.State.ACTIVE, package.private.is_(False))
    )
    return sorted(own - {row.obligation_id for row in session.scalars(others)})
