"""The links to data on other sites that answer obligations, each with the last looks at it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ckan import model as core

from ckanext.roadmap import config
from ckanext.roadmap.domain.event import Place
from ckanext.roadmap.domain.link import WHOLE_AFTER
from ckanext.roadmap.domain.publication import LinkState
from ckanext.roadmap.model import (
    Body,
    ItemRevision,
    ListVersion,
    Obligation,
    Publication,
    SiteCheckRow,
)
from ckanext.roadmap.services import dataset_faces, holders
from ckanext.roadmap.services.body_history import Face
from ckanext.roadmap.services.dataset_faces import OWN_KINDS, DatasetFace, ResourceFace
from ckanext.roadmap.services.visibility import PUBLIC
from ckanext.roadmap.sources.http import Known


@dataclass(frozen=True, slots=True)
class Answer:
    """An obligation that a link answers: at which place, and by which column its regions are measured."""

    obligation_id: str
    body: Face
    place: Place
    region_column: str | None = None


@dataclass(slots=True)
class Link:
    """A resource that points to another site, and what was seen there."""

    dataset_id: str
    dataset_name: str
    dataset_title: dict[str, str]
    resource_id: str
    resource_name: str
    url: str
    kind: str
    answers: list[Answer] = field(default_factory=list[Answer])
    last: SiteCheckRow | None = None
    good: SiteCheckRow | None = None

    def is_due(self, now: datetime) -> bool:
        """Whether it is time to look again; an address that was altered is new."""
        return self.last is None or self.last.url != self.url or self.last.next_at <= now

    def known(self, sent_at: datetime | None, now: datetime) -> Known:
        """What the next question may tell the site of the last answer, if that held all that is asked.

        A site may say for ever that nothing was modified; so now and then it is told nothing.

        :param sent_at: when it sent the data last
        """
        asked = frozenset(one.region_column for one in self.answers if one.region_column)
        good = self.good if self.good is not None and self.good.url == self.url else None
        if sent_at is None or now - sent_at >= WHOLE_AFTER:
            good = None
        if good and not asked.intersection(good.columns or ()) <= frozenset(good.codes or ()):
            good = None
        return Known(
            url=self.url,
            kind=self.kind,
            etag=good.etag if good else None,
            modified=good.modified if good else None,
            asked=asked,
        )


def load(
    session: Session, body: str | None = None, dataset_id: str | None = None, at: datetime | None = None
) -> list[Link]:
    """The links of public datasets that answer obligations, in the order of bodies and datasets.

    :param body: only links that answer this body's obligations (by name)
    :param at: those that stood at an instant, as they had been seen by then
    """
    publications = _standing(session, body, dataset_id, at)
    asked = terms(session, [publication.obligation_id for publication, _, _ in publications])
    links: dict[str, Link] = {}
    for publication, owner, dataset in publications:
        places, column = asked.get(publication.obligation_id, ([], None))
        own = [one for one in dataset.resources if publication.resource_id in (None, one.id)]
        place = _place(publication, places, own)
        for resource in own if place else ():
            if resource.url_type not in OWN_KINDS and resource.url:
                link = links.setdefault(resource.id, _link(publication.dataset_id, dataset, resource))
                if place is not None:
                    link.answers.append(Answer(publication.obligation_id, owner, place, column))
    _remember(session, links, at)
    return list(links.values())


def _place(
    publication: Publication, places: Sequence[str], resources: Iterable[ResourceFace]
) -> Place | None:
    """Where a link counts: at the site if the list names it, else at the portal, whose record it is.

    None: the portal itself holds data of this publication, and those are measured.
    """
    if publication.place == Place.site or Place.site in places:
        return Place.site
    is_own = any(one.url_type in OWN_KINDS for one in resources)
    return None if is_own else Place.portal


def _standing(
    session: Session, body: str | None, dataset_id: str | None, at: datetime | None
) -> list[tuple[Publication, Face, DatasetFace]]:
    """Confirmed links to what was public, each with its body and dataset as they were."""
    rows = session.execute(_publications(None if at else body, dataset_id, at)).tuples().all()
    datasets = dataset_faces.faces(session, {row.dataset_id for row, _ in rows}, at)
    held = _holders(session, at, {row.obligation_id for row, _ in rows})
    found = [
        (row, face, dataset)
        for row, owner in rows
        if (dataset := datasets.get(row.dataset_id)) is not None and dataset.is_public
        if (face := held.get(row.obligation_id, owner)) and body in (None, face.name)
    ]
    found.sort(key=lambda one: (one[1].code, one[2].name, one[0].confirmed_at, one[0].id))
    return found


def _holders(session: Session, at: datetime | None, obligation_ids: set[str]) -> dict[str, Face]:
    """Who held these obligations at a past instant."""
    if at is None:
        return {}
    spans = holders.spans(session, at, at.astimezone(config.timezone()).date(), only=obligation_ids)
    return {group[0][0].obligation_id: face for group, face in spans}


def _publications(
    body: str | None, dataset_id: str | None, at: datetime | None
) -> sa.Select[tuple[Publication, Body]]:
    query = (
        sa.select(Publication, Body)
        .join(Obligation, Obligation.id == Publication.obligation_id)
        .join(Body, Body.id == Obligation.body_id)
        .where(Publication.is_in(LinkState.confirmed, at))
    )
    if at is None:
        query = query.where(Publication.dataset_id.in_(sa.select(core.Package.id).where(PUBLIC)))
    if body is not None:
        query = query.where(Body.name == body)
    return query if dataset_id is None else query.where(Publication.dataset_id == dataset_id)


def terms(session: Session, obligation_ids: list[str]) -> dict[str, tuple[list[str], str | None]]:
    """By obligation: the places and the column of regions in the newest approved list."""
    query = (
        sa.select(Obligation.id, ItemRevision.places, ItemRevision.region_column)
        .join(ItemRevision, ItemRevision.item_id == Obligation.item_id)
        .join(ListVersion, ListVersion.id == ItemRevision.list_version_id)
        .where(Obligation.id.in_(obligation_ids), ListVersion.approved_at.is_not(None))
        .order_by(ListVersion.in_force_from)
    )
    return {row.id: (row.places, row.region_column) for row in session.execute(query)}


def _link(dataset_id: str, dataset: DatasetFace, resource: ResourceFace) -> Link:
    return Link(
        dataset_id=dataset_id,
        dataset_name=dataset.name,
        dataset_title=dataset.title,
        resource_id=resource.id,
        resource_name=resource.name,
        url=resource.url,
        kind=resource.format,
    )


def _remember(session: Session, links: dict[str, Link], at: datetime | None) -> None:
    ids = list(links)
    for row in session.scalars(SiteCheckRow.newest(ids, at)):
        links[row.resource_id].last = row
        if at is not None:
            links[row.resource_id].url = row.url
    for row in session.scalars(SiteCheckRow.newest_good(ids, at)):
        links[row.resource_id].good = row
