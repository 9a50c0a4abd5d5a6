"""The links to data on other sites that answer obligations, each with the last looks at it."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ckan import model as core

from ckanext.roadmap.domain.event import Place
from ckanext.roadmap.domain.publication import LinkState
from ckanext.roadmap.model import (
    Body,
    ItemRevision,
    ListVersion,
    Obligation,
    Publication,
    SiteCheckRow,
)
from ckanext.roadmap.sources.http import Known

OWN_KINDS = ("upload", "datastore")


@dataclass(frozen=True, slots=True)
class Answer:
    """An obligation that a link answers: at which place, and by which column its regions are measured."""

    obligation_id: str
    body: Body
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

    def known(self) -> Known:
        """What the next question may tell the site of the last answer, if that held all that is asked."""
        asked = frozenset(one.region_column for one in self.answers if one.region_column)
        good = self.good if self.good is not None and self.good.url == self.url else None
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
    :param at: those that stood at an instant, as they had been seen by then; datasets are those of today
    """
    publications = session.execute(_publications(body, dataset_id, at)).tuples().all()
    asked = terms(session, [row[0].obligation_id for row in publications])
    links: dict[str, Link] = {}
    resources = _resources(session, {row[0].dataset_id for row in publications})
    for publication, owner, package in publications:
        places, column = asked.get(publication.obligation_id, ([], None))
        own = [one for one in resources[package.id] if publication.resource_id in (None, one.id)]
        place = _place(publication, places, own)
        for resource in own if place else ():
            if resource.url_type not in OWN_KINDS and resource.url:
                link = links.setdefault(resource.id, _link(package, resource))
                if place is not None:
                    link.answers.append(Answer(publication.obligation_id, owner, place, column))
    _remember(session, links, at)
    return list(links.values())


def _place(
    publication: Publication, places: Sequence[str], resources: Iterable[core.Resource]
) -> Place | None:
    """Where a link counts: at the site if the list names it, else at the portal, whose record it is.

    None: the portal itself holds data of this publication, and those are measured.
    """
    if publication.place == Place.site or Place.site in places:
        return Place.site
    is_own = any(one.url_type in OWN_KINDS for one in resources)
    return None if is_own else Place.portal


def _publications(
    body: str | None, dataset_id: str | None, at: datetime | None
) -> sa.Select[tuple[Publication, Body, core.Package]]:
    query = (
        sa.select(Publication, Body, core.Package)
        .join(Obligation, Obligation.id == Publication.obligation_id)
        .join(Body, Body.id == Obligation.body_id)
        .join(core.Package, core.Package.id == Publication.dataset_id)
        .where(Publication.is_in(LinkState.confirmed, at))
        .where(core.Package.state == core.State.ACTIVE, core.Package.private.is_(False))
        .order_by(Body.code, core.Package.name, Publication.confirmed_at, Publication.id)
    )
    if body is not None:
        query = query.where(Body.name == body)
    return query if dataset_id is None else query.where(Publication.dataset_id == dataset_id)


def _resources(session: Session, dataset_ids: set[str]) -> dict[str, list[core.Resource]]:
    query = (
        sa.select(core.Resource)
        .where(core.Resource.package_id.in_(dataset_ids), core.Resource.state == core.State.ACTIVE)
        .order_by(core.Resource.position)
    )
    found: dict[str, list[core.Resource]] = defaultdict(list)
    for resource in session.scalars(query):
        found[str(resource.package_id)].append(resource)
    return found


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


def _link(package: core.Package, resource: core.Resource) -> Link:
    translated = (package.extras or {}).get("title_translated")
    return Link(
        dataset_id=package.id,
        dataset_name=package.name,
        dataset_title=json.loads(translated) if translated else {"uz": package.title or package.name},
        resource_id=resource.id,
        resource_name=resource.name or "",
        url=resource.url.strip(),
        kind=resource.format or "",
    )


def _remember(session: Session, links: dict[str, Link], at: datetime | None) -> None:
    ids = list(links)
    for row in session.scalars(SiteCheckRow.newest(ids, at)):
        links[row.resource_id].last = row
        if at is not None:
            links[row.resource_id].url = row.url
    for row in session.scalars(SiteCheckRow.newest_good(ids, at)):
        links[row.resource_id].good = row
