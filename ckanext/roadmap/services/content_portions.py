"""The files and tables that the portal itself holds of a dataset, and the obligations that they answer."""

from __future__ import annotations

from dataclasses import dataclass, field

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ckan import model as core

from ckanext.roadmap.domain.event import EventKind, Place
from ckanext.roadmap.model import ContentLookRow, DataEventRow, Publication
from ckanext.roadmap.model.mapping import Mapping
from ckanext.roadmap.services.dataset_faces import OWN_KINDS
from ckanext.roadmap.services.site_links import terms
from ckanext.roadmap.services.visibility import PUBLIC, is_shown

SHOWN = (EventKind.changed, EventKind.unchanged, EventKind.withdrawn)


@dataclass(frozen=True, slots=True)
class Held:
    """A file or a table of the portal, with the last look at it."""

    resource_id: str
    origin: str
    url: str
    kind: str
    modified: str
    last: ContentLookRow | None


@dataclass(frozen=True, slots=True)
class Answered:
    """An obligation that a dataset, or one resource of it, answers on the portal."""

    obligation_id: str
    resource_id: str | None
    region_column: str | None


@dataclass(frozen=True, slots=True)
class Subject:
    """A dataset as it is to be measured; `gone` are files and tables that were there at the last look.

    One that is only proposed for an obligation is looked at too, so that it counts from when it was seen.
    """

    dataset_id: str
    is_public: bool
    is_linked: bool
    held: list[Held] = field(default_factory=list[Held])
    gone: list[ContentLookRow] = field(default_factory=list[ContentLookRow])
    answers: list[Answered] = field(default_factory=list[Answered])

    @property
    def asked(self) -> frozenset[str]:
        """The columns whose values are wanted."""
        return frozenset(one.region_column for one in self.answers if one.region_column)


def load(session: Session, dataset_id: str) -> Subject:
    """What a dataset holds; what a load run fills is left to the runs, links to the looks at other sites."""
    package = session.get(core.Package, dataset_id)
    is_public = package is not None and is_shown(package)
    looks = {row.resource_id: row for row in session.scalars(ContentLookRow.newest(dataset_id))}
    held = [_held(one, looks.get(one.id)) for one in session.scalars(_own(dataset_id))]
    ids = {one.resource_id for one in held}
    gone = [row for id_, row in looks.items() if id_ not in ids and row.content is not None]
    answers = _answers(session, dataset_id)
    return Subject(dataset_id, is_public, is_linked(session, dataset_id), held, gone, answers)


def is_own_table(session: Session, resource_id: str) -> str | None:
    """The dataset of a table that people write through the API and that answers an obligation."""
    query = _own().where(core.Resource.id == resource_id, core.Resource.url_type == "datastore")
    resource = session.scalars(query).first()
    dataset_id = resource.package_id if resource else None
    return dataset_id if dataset_id and is_linked(session, dataset_id) else None


def is_linked(session: Session, dataset_id: str) -> bool:
    """Whether a dataset answers an obligation, or is proposed to."""
    query = sa.select(Publication.id).where(
        Publication.dataset_id == dataset_id, Publication.revoked_at.is_(None)
    )
    return session.scalar(query.limit(1)) is not None


def untold(session: Session) -> list[str]:
    """Public datasets whose data the ledger does not show as seen, though a link to them is confirmed."""
    query = _confirmed().where(PUBLIC)
    own = _own().with_only_columns(core.Resource.package_id)
    newest = _newest_kind()
    query = query.where(Publication.dataset_id.in_(own), Publication.place == Place.portal)
    return list(
        session.scalars(query.where(sa.func.coalesce(newest, EventKind.withdrawn) == EventKind.withdrawn))
    )


def hidden(session: Session) -> list[str]:
    """Datasets that are no longer public, or no longer there, though the ledger still shows them."""
    is_hidden = sa.or_(core.Package.id.is_(None), sa.not_(PUBLIC))
    shown = _newest_kind().in_([EventKind.changed, EventKind.unchanged])
    return list(session.scalars(_confirmed().where(is_hidden, shown)))


def _confirmed() -> sa.Select[tuple[str]]:
    return (
        sa.select(Publication.dataset_id)
        .outerjoin(core.Package, core.Package.id == Publication.dataset_id)
        .where(Publication.confirmed_at.is_not(None), Publication.revoked_at.is_(None))
        .distinct()
    )


def _newest_kind() -> sa.ScalarSelect[str]:
    return (
        sa.select(DataEventRow.kind)
        .where(DataEventRow.obligation_id == Publication.obligation_id)
        .where(DataEventRow.dataset_id == Publication.dataset_id, DataEventRow.kind.in_(SHOWN))
        .order_by(DataEventRow.seq.desc())
        .limit(1)
        .correlate(Publication)
        .scalar_subquery()
    )


def _own(dataset_id: str | None = None) -> sa.Select[tuple[core.Resource]]:
    mapped = sa.select(Mapping.resource_id)
    query = (
        sa.select(core.Resource)
        .where(core.Resource.state == core.State.ACTIVE, core.Resource.url_type.in_(OWN_KINDS))
        .where(core.Resource.id.not_in(mapped))
    )
    if dataset_id is None:
        return query
    return query.where(core.Resource.package_id == dataset_id).order_by(core.Resource.position)


def _held(resource: core.Resource, last: ContentLookRow | None) -> Held:
    return Held(
        resource_id=resource.id,
        origin="file" if resource.url_type == "upload" else "table",
        url=resource.url or "",
        kind=resource.format or (resource.url or "").rpartition(".")[2],
        modified=str(resource.last_modified or ""),
        last=last,
    )


def _answers(session: Session, dataset_id: str) -> list[Answered]:
    standing = Publication.confirmed().where(
        Publication.dataset_id == dataset_id,
        Publication.revoked_at.is_(None),
        Publication.place == Place.portal,
    )
    rows = list(session.scalars(standing))
    columns = terms(session, [row.obligation_id for row in rows])
    return [
        Answered(row.obligation_id, row.resource_id, columns.get(row.obligation_id, ([], None))[1])
        for row in rows
    ]
