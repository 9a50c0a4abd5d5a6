"""Data taken from the public: an event for each obligation and place where they stood."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ckan import model as core

from ckanext.roadmap.domain.event import EventKind, Grade
from ckanext.roadmap.model import DataEventRow, Publication
from ckanext.roadmap.services import events
from ckanext.roadmap.services.dataset_faces import OWN_KINDS

_SHOWN = (EventKind.changed, EventKind.unchanged, EventKind.withdrawn)
_SITE, LOST = "site", "link_lost"
Stood = tuple[str, str]


def record(session: Session, now: datetime, dataset_id: str) -> list[str]:
    """Record that a dataset is no longer public, unless that is known already; the caller commits.

    :returns: the ids of the events
    """
    links = list(session.scalars(_links(dataset_id)))
    newest = _newest(session, dataset_id, links)
    seen = {obligation_id for obligation_id, _ in newest}
    never = {(link.obligation_id, link.place) for link in links if link.obligation_id not in seen}
    stood = {one for one, row in newest.items() if row.kind != EventKind.withdrawn}
    return _write(session, now, dataset_id, stood | never)


def record_links(session: Session, now: datetime, dataset_id: str) -> list[str]:
    """Record that a dataset no longer names the file on another site that was seen; the caller commits.

    While it names another one, the look at that tells what stands there.

    :returns: the ids of the events
    """
    resource = core.Resource
    named = sa.select(resource.id).where(resource.package_id == dataset_id, resource.state == "active")
    if session.scalar(
        named.where(resource.url_type.not_in(OWN_KINDS) | resource.url_type.is_(None)).limit(1)
    ):
        return []
    newest = _newest(session, dataset_id, session.scalars(_links(dataset_id)))
    is_seen = {one for one, row in newest.items() if row.source == _SITE and row.kind != EventKind.withdrawn}
    return _write(session, now, dataset_id, is_seen)


def record_lost(session: Session, now: datetime, dataset_id: str, lost: Iterable[Stood]) -> list[str]:
    """Record that what stood on another site has long been out of reach; the caller commits.

    :param lost: obligations and places at which no link of the dataset leads to data any more
    :returns: the ids of the events
    """
    newest = _newest(session, dataset_id, session.scalars(_links(dataset_id)))
    seen = {one for one, row in newest.items() if row.kind != EventKind.withdrawn}
    return _write(session, now, dataset_id, seen.intersection(lost), _SITE, LOST)


def _links(dataset_id: str) -> sa.Select[tuple[Publication]]:
    return Publication.confirmed().where(
        Publication.dataset_id == dataset_id, Publication.revoked_at.is_(None)
    )


def _newest(
    session: Session, dataset_id: str, links: Iterable[Publication]
) -> dict[Stood, sa.Row[tuple[str, str, str, str]]]:
    """The newest sight of a dataset, by obligation and place."""
    row = DataEventRow
    query = (
        sa.select(row.obligation_id, row.place, row.kind, row.source)
        .where(row.obligation_id.in_({link.obligation_id for link in links}))
        .where(row.dataset_id == dataset_id, row.kind.in_(_SHOWN))
        .order_by(row.seq)
    )
    return {(found.obligation_id, found.place): found for found in session.execute(query)}


def _write(
    session: Session,
    now: datetime,
    dataset_id: str,
    stood: Iterable[Stood],
    source: str = "portal",
    note: str | None = None,
) -> list[str]:
    ids: list[str] = []
    for place in sorted({place for _, place in stood}):
        ids += events.record(
            session,
            now,
            obligation_ids=sorted(obligation_id for obligation_id, at in stood if at == place),
            kind=EventKind.withdrawn,
            at=now,
            grade=Grade.measured,
            source=source,
            dataset_id=dataset_id,
            place=place,
            note=note,
        )
    return ids
