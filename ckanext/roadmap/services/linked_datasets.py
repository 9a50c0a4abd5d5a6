"""Which dataset answers an obligation: of the links that were known at a time."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime

from ckanext.roadmap.domain.event import EventKind
from ckanext.roadmap.domain.facts import SHOWS_DATA
from ckanext.roadmap.model import DataEventRow, Publication
from ckanext.roadmap.services.dataset_faces import Dataset

Ids = Collection[str | None]


def withdrawn(events: Iterable[DataEventRow]) -> set[str | None]:
    """The datasets of which the last of these events tells that they are gone."""
    newest = {event.dataset_id: event.kind for event in events if event.kind in SHOWS_DATA}
    return {id_ for id_, kind in newest.items() if kind == EventKind.withdrawn}


def live(links: Sequence[Publication], gone: Ids, public: Ids, as_of: datetime) -> list[Publication]:
    """The links that stood, to a dataset that is public or whose withdrawal the events tell.

    :param gone: the datasets that are withdrawn today
    :param public: those that are public, or were
    """
    return [
        link
        for link in links
        if (link.dataset_id in gone or link.dataset_id in public)
        and (link.revoked_at is None or link.revoked_at > as_of)
    ]


def ended(links: Sequence[Publication], datasets: Mapping[str, Dataset]) -> datetime | None:
    """When the last link ended: it was revoked, or its dataset was taken from the public."""
    ends: list[datetime | None] = []
    for link in links:
        dataset = datasets.get(link.dataset_id)
        ends.append(link.revoked_at or (dataset.modified_at if dataset else link.confirmed_at))
    return max((end for end in ends if end), default=None)


def shown(links: Sequence[Publication], gone: Ids, datasets: Mapping[str, Dataset]) -> Dataset | None:
    """The dataset linked last, unless it was withdrawn and not seen again.

    :param links: those that stood; all, where none did
    :param gone: the datasets that were withdrawn then
    """
    if not links or links[-1].dataset_id in gone:
        return None
    return datasets.get(links[-1].dataset_id)
