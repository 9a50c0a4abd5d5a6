"""Items of a draft, one at a time."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy.orm import Session

from ckanext.roadmap.domain.errors import RoadmapError
from ckanext.roadmap.domain.list_life import Step
from ckanext.roadmap.model import Item, ItemRevision, ListVersion
from ckanext.roadmap.model.columns import new_id
from ckanext.roadmap.presentation import approved_list
from ckanext.roadmap.services import list_content, list_versions
from ckanext.roadmap.services.bodies import Register
from ckanext.roadmap.services.responsible import settle
from ckanext.roadmap.sources.approved_list import read_item


def create(
    session: Session, now: datetime, version: ListVersion, cells: Mapping[str, str], register: Register
) -> ItemRevision:
    """Add an item at the end of a draft under a code that was never issued; the caller commits.

    :param cells: the cells of an import's row
    :raises ListError: a cell that can't be taken
    :raises RoadmapError: the version is no draft, or the code was issued before
    """
    list_versions.take(session, version, Step.edit)
    draft = settle(read_item(cells), register)
    if session.scalars(Item.by_code(draft.code)).first() is not None:
        text = f"The code {draft.code} was issued already. Give a new one: codes are never used again."
        raise RoadmapError("code_issued", text, item=draft.code)
    item = Item(id=new_id(), code=draft.code, created_at=now)
    session.add(item)
    session.flush()
    last = [revision.position for revision, _ in _found(session, version)]
    values = list_content.of_draft(draft, max(last, default=-1) + 1)
    revision = ItemRevision(id=new_id(), item_id=item.id, list_version_id=version.id, **values)
    session.add(revision)
    version.content_hash = list_content.stored_digest(session, version.id)
    return revision


def update(
    session: Session, version: ListVersion, code: str, cells: Mapping[str, str], register: Register
) -> ItemRevision:
    """Change some cells of an item of a draft; the caller commits.

    :raises ListError: a cell that can't be taken
    :raises RoadmapError: the version is no draft, or has no such item
    """
    list_versions.take(session, version, Step.edit)
    revision = find(session, version, code)
    before = approved_list.cells(list_content.row(code, revision))
    draft = settle(read_item({**before, **cells, "code": code}), register)
    for name, value in list_content.of_draft(draft, revision.position).items():
        setattr(revision, name, value)
    version.content_hash = list_content.stored_digest(session, version.id)
    return revision


def retire(session: Session, version: ListVersion, code: str) -> None:
    """Take an item out of a draft; its code stays issued. The caller commits.

    :raises RoadmapError: the version is no draft, or has no such item
    """
    list_versions.take(session, version, Step.edit)
    session.delete(find(session, version, code))
    session.flush()
    for position, (revision, _) in enumerate(_found(session, version)):
        revision.position = position
    version.content_hash = list_content.stored_digest(session, version.id)


def find(session: Session, version: ListVersion, code: str) -> ItemRevision:
    """What a version says of an item.

    :raises RoadmapError: nothing
    """
    found = next((revision for revision, item in _found(session, version) if item.code == code), None)
    if found is None:
        text = f"List {version.year}/{version.number} has no item {code}. Check the code."
        raise RoadmapError("item_unknown", text, item=code, year=version.year, number=version.number)
    return found


def _found(session: Session, version: ListVersion) -> list[tuple[ItemRevision, Item]]:
    return list(session.execute(ItemRevision.of_version(version.id)).tuples())
