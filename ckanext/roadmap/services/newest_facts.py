"""Reads what the newest data of territorial obligations tell; to read all events would take too long."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, tzinfo

from sqlalchemy.orm import Session

from ckanext.roadmap.model import DataEventRow, Publication
from ckanext.roadmap.services import dataset_faces, facts, holders
from ckanext.roadmap.services.acts import Acts
from ckanext.roadmap.services.dataset_faces import Dataset
from ckanext.roadmap.services.facts import Owed
from ckanext.roadmap.services.history_rows import group, plain
from ckanext.roadmap.services.holders import Span


def load(
    session: Session,
    as_of: datetime,
    tz: tzinfo,
    body: str | None = None,
    item: str | None = None,
    day: date | None = None,
) -> list[Owed]:
    """The obligations to items that some list wants by region, with the newest sight of their data alone.

    Without deadlines and acts: they tell nothing of what the data hold.
    """
    spans = holders.spans(session, as_of, day or as_of.astimezone(tz).date(), body, item, regional=True)
    held = {group[0][0].obligation_id: (group, face) for group, face in spans}
    links = group(session.scalars(Publication.confirmed(list(held)).where(Publication.confirmed_at <= as_of)))
    ids = {link.dataset_id for own in links.values() for link in own}
    datasets = dataset_faces.load(session, ids, as_of)
    plainly = {id_ for id_, (own, _) in held.items() if _is_plain(own, links[id_], datasets)}
    events = {
        **group(session.execute(DataEventRow.newest(sorted(plainly), as_of))),
        **plain(session, DataEventRow, DataEventRow.of_obligations(sorted(held.keys() - plainly))),
    }
    return [
        facts.owed_of(held[id_], (), events.get(id_, ()), links[id_], Acts(as_of), datasets, as_of, tz)
        for id_ in held
    ]


def _is_plain(spans: Sequence[Span], links: Sequence[Publication], datasets: Mapping[str, Dataset]) -> bool:
    """Whether the newest events tell all: one link stands to a public dataset, the list names the column."""
    if spans[-1][1].region_column is None or len(links) > 1:
        return False
    return all(
        link.revoked_at is None and link.dataset_id in datasets and datasets[link.dataset_id].is_public
        for link in links
    )
