"""Datasets as they were shown: by which names, with which resources, and whether to the public.

A dataset that never changed has no row: it stands as CKAN tells it, for all times. The first change records
it as it stood before, and each change as it stands from then on.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ckan import model as core

from ckanext.roadmap.model import DatasetFaceRow
from ckanext.roadmap.services import ledger, reaching
from ckanext.roadmap.services.visibility import is_shown

OWN_KINDS = ("upload", "datastore")


@dataclass(frozen=True, slots=True)
class Dataset:
    """A dataset as the pages name it: as it was shown at the time looked at.

    `was_public`: whether it was shown then; `is_public` and `modified_at` speak of now. `unreachable_since`:
    since when the portal could not read a file that it links to.
    """

    id: str
    name: str
    title: dict[str, str]
    was_public: bool
    is_public: bool
    modified_at: datetime
    unreachable_since: datetime | None = None


@dataclass(frozen=True, slots=True)
class ResourceFace:
    """A resource as it was shown."""

    id: str
    name: str
    url: str
    url_type: str | None
    format: str

    @property
    def is_own(self) -> bool:
        """Whether the portal itself holds it."""
        return self.url_type in OWN_KINDS


@dataclass(frozen=True, slots=True)
class DatasetFace:
    """A dataset with its resources as it was shown."""

    organization_id: str | None
    name: str
    title: dict[str, str]
    is_public: bool
    resources: tuple[ResourceFace, ...]


def record(session: Session, now: datetime, dataset_id: str, *, is_gone: bool = False) -> None:
    """Record what is shown of a dataset from now on, if that changed; the caller commits.

    What stood before the first change is what is committed.

    :param is_gone: nothing of it will be left
    """
    after = _plain(_current(session, [dataset_id]).get(dataset_id))
    if after is None:
        return
    if is_gone:
        after["is_public"] = False
    newest = session.scalars(DatasetFaceRow.newest(dataset_id)).first()
    before = _committed(session, dataset_id) if newest is None else _plain(_of_row(newest))
    if before in (None, after):
        return
    rows = [after] if newest else [before, after]
    ledger.append(session, now, [DatasetFaceRow(dataset_id=dataset_id, **row) for row in rows if row])


def load(session: Session, ids: Collection[str], as_of: datetime) -> dict[str, Dataset]:
    """These datasets as the pages named them at a time; also those that are gone since."""
    now, past = _now(session, ids), then(session, as_of, ids)
    found = now | {id_: _then(row, now.get(id_)) for id_, row in past.items()}
    for id_, since in _unreachable(session, ids, past, as_of).items():
        found[id_] = replace(found[id_], unreachable_since=since)
    return found


def _unreachable(
    session: Session, ids: Collection[str], past: Mapping[str, DatasetFaceRow], as_of: datetime
) -> dict[str, datetime]:
    """Since when a link of these datasets can't be read, as they were then."""
    named = _resources(session, ids) | {id_: _of_row(row).resources for id_, row in past.items()}
    links = {one.id: (id_, one.url) for id_, own in named.items() for one in own if not one.is_own}
    found: dict[str, datetime] = {}
    bad = reaching.unreachable(session, {id_: url for id_, (_, url) in links.items()}, as_of)
    for resource_id, since in bad.items():
        dataset_id = links[resource_id][0]
        found[dataset_id] = min(since, found.get(dataset_id, since))
    return found


def faces(session: Session, ids: Collection[str], as_of: datetime | None) -> dict[str, DatasetFace]:
    """How these datasets and their resources were shown at a time (None: now)."""
    past = {} if as_of is None else then(session, as_of, ids)
    return _current(session, ids) | {id_: _of_row(row) for id_, row in past.items()}


def then(session: Session, as_of: datetime, ids: Collection[str] | None = None) -> dict[str, DatasetFaceRow]:
    """How those datasets were shown at a time that changed after it, by their ids; the others are as now."""
    found: dict[str, DatasetFaceRow] = {}
    for row in session.scalars(DatasetFaceRow.overtaken(as_of, ids)):
        if row.recorded_at <= as_of or row.dataset_id not in found:
            found[row.dataset_id] = row
    return found


def title_of(package: core.Package) -> dict[str, str]:
    """What a dataset is called in its languages."""
    return _titles((package.extras or {}).get("title_translated"), package.title or package.name)


def shown_words(
    session: Session, ids: Collection[str]
) -> tuple[dict[str, list[str]], dict[str, list[dict[str, str]]]]:
    """The names, and the titles, under which each of these datasets was ever shown to the public."""
    names = defaultdict[str, list[str]](list)
    titles = defaultdict[str, list[dict[str, str]]](list)
    row = DatasetFaceRow
    told = sa.select(row.dataset_id, row.name, row.title).where(row.dataset_id.in_(ids), row.is_public)
    now = [(one.id, one.name, one.title) for one in _now(session, ids).values() if one.is_public]
    for id_, name, title in (*session.execute(told).tuples(), *now):
        names[id_].append(name)
        titles[id_].append(title)
    return names, titles


def _titles(translated: str | None, title: str) -> dict[str, str]:
    """A title as CKAN keeps it; one in no language in particular counts as Uzbek."""
    return json.loads(translated) if translated else {"uz": title}


def _now(session: Session, ids: Collection[str]) -> dict[str, Dataset]:
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
            title=_titles(row.translated, row.title or row.name),
            was_public=(is_public := is_shown(row)),
            is_public=is_public,
            modified_at=row.metadata_modified.replace(tzinfo=UTC),
        )
        for row in session.execute(query)
    }


def _then(row: DatasetFaceRow, now: Dataset | None) -> Dataset:
    return Dataset(
        id=row.dataset_id,
        name=row.name,
        title=row.title,
        was_public=row.is_public,
        is_public=now is not None and now.is_public,
        modified_at=now.modified_at if now else row.recorded_at,
    )


def _current(session: Session, ids: Collection[str]) -> dict[str, DatasetFace]:
    """These datasets as CKAN tells them."""
    resources = _resources(session, ids)
    packages = session.scalars(sa.select(core.Package).where(core.Package.id.in_(ids)))
    return {
        package.id: DatasetFace(
            organization_id=package.owner_org,
            name=package.name,
            title=title_of(package),
            is_public=is_shown(package),
            resources=tuple(resources.get(package.id, ())),
        )
        for package in packages
    }


def _resources(session: Session, ids: Collection[str]) -> dict[str, Sequence[ResourceFace]]:
    row = core.Resource
    query = (
        sa.select(row.package_id, row.id, row.name, row.url, row.url_type, row.format)
        .where(row.package_id.in_(ids), row.state == core.State.ACTIVE)
        .order_by(row.position, row.id)
    )
    found: dict[str, list[ResourceFace]] = defaultdict(list)
    for package_id, id_, name, url, url_type, kind in session.execute(query):
        found[package_id].append(ResourceFace(id_, name or "", (url or "").strip(), url_type, kind or ""))
    return dict(found)


def _committed(session: Session, dataset_id: str) -> dict[str, Any] | None:
    with Session(session.get_bind()) as own:
        return _plain(_current(own, [dataset_id]).get(dataset_id))


def _of_row(row: DatasetFaceRow) -> DatasetFace:
    resources = tuple(ResourceFace(**one) for one in row.resources)
    return DatasetFace(row.organization_id, row.name, row.title, row.is_public, resources)


def _plain(face: DatasetFace | None) -> dict[str, Any] | None:
    """As a row keeps it."""
    if face is None:
        return None
    told = asdict(face)
    return {**told, "resources": list(told["resources"])}
