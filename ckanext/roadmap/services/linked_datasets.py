"""Which dataset answers an obligation: of links that were known at a time, and of what is public today."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ckan import model as core

from ckanext.roadmap.domain.event import EventKind
from ckanext.roadmap.domain.facts import SHOWS_DATA
from ckanext.roadmap.model import DataEventRow, Publication


@dataclass(frozen=True, slots=True)
class Dataset:
    """A dataset as the pages name it."""

    id: str
    name: str
    title: dict[str, str]
    is_public: bool
    modified_at: datetime


def of_ids(session: Session, ids: set[str]) -> dict[str, Dataset]:
    """These datasets as the pages name them."""
    package = core.Package
    query = sa.select(
        package.id,
        package.name,
        package.title,
        package.state,
        package.private,
        package.metadata_modified,
        package.extras["title_translated"].astext.label("translated"),
    ).where(package.id.in_(ids))
    return {
        row.id: Dataset(
            id=row.id,
            name=row.name,
            title=json.loads(row.translated) if row.translated else {"uz": row.title or row.name},
            is_public=row.state == core.State.ACTIVE and not row.private,
            modified_at=row.metadata_modified.replace(tzinfo=UTC),
        )
        for row in session.execute(query)
    }


def withdrawn(events: Iterable[DataEventRow]) -> set[str | None]:
    """The datasets of which the last of these events tells that they are gone."""
    newest = {event.dataset_id: event.kind for event in events if event.kind in SHOWS_DATA}
    return {id_ for id_, kind in newest.items() if kind == EventKind.withdrawn}


def live(
    links: Sequence[Publication],
    datasets: Mapping[str, Dataset],
    gone: Collection[str | None],
    as_of: datetime,
) -> list[Publication]:
    """The links that stood, to a dataset that is public or whose withdrawal the events tell.

    :param gone: the datasets that are withdrawn today
    """
    return [link for link in links if _is_live(link, datasets, gone, as_of)]


def _is_live(
    link: Publication, datasets: Mapping[str, Dataset], gone: Collection[str | None], as_of: datetime
) -> bool:
    if link.revoked_at is not None and link.revoked_at <= as_of:
        return False
    dataset = datasets.get(link.dataset_id)
    return link.dataset_id in gone or (dataset is not None and dataset.is_public)


def ended(links: Sequence[Publication], datasets: Mapping[str, Dataset]) -> datetime | None:
    """When the last link ended: it was revoked, or its dataset was taken from the public."""
    ends: list[datetime | None] = []
    for link in links:
        dataset = datasets.get(link.dataset_id)
        ends.append(link.revoked_at or (dataset.modified_at if dataset else link.confirmed_at))
    return max((end for end in ends if end), default=None)


def shown(
    links: Sequence[Publication], gone: Collection[str | None], datasets: Mapping[str, Dataset]
) -> Dataset | None:
    """The dataset linked last, unless it was withdrawn and not seen again.

    :param links: those that stood; all, where none did
    :param gone: the datasets that were withdrawn then
    """
    if not links or links[-1].dataset_id in gone:
        return None
    return datasets.get(links[-1].dataset_id)
