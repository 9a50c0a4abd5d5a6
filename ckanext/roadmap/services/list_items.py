"""Items of a draft, one at a time."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from ckanext.roadmap.domain.errors import RoadmapError
from ckanext.roadmap.domain.list_life import Step
from ckanext.roadmap.model import Item, ItemRevision, ListVersion
from ckanext.roadmap.model.columns import new_id
from ckanext.roadmap.services import item_changes, list_content, list_versions
from ckanext.roadmap.services.bodies import Register
from ckanext.roadmap.services.item_changes import Change, Hand
from ckanext.roadmap.services.responsible import settle
from ckanext.roadmap.sources.approved_list import read_item


def create(
    session: Session, hand: Hand, version: ListVersion, cells: Mapping[str, str], register: Register
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
    item = Item(id=new_id(), code=draft.code, created_at=hand.at)
    session.add(item)
    session.flush()
    last = [revision.position for revision, _ in _found(session, version)]
    return _insert(session, hand, version, item, list_content.of_draft(draft, max(last, default=-1) + 1))


def update(
    session: Session,
    hand: Hand,
    version: ListVersion,
    code: str,
    cells: Mapping[str, str],
    register: Register,
) -> ItemRevision:
    """Change some cells of an item of a draft; the caller commits.

    :raises ListError: a cell that can't be taken
    :raises RoadmapError: the version is no draft, or has no such item
    """
    list_versions.take(session, version, Step.edit)
    revision, item = _find(session, version, code)
    before = item_changes.cells_of(item, revision)
    draft = settle(read_item({**before, **cells, "code": code}), register)
    for name, value in list_content.of_draft(draft, revision.position).items():
        setattr(revision, name, value)
    version.content_hash = list_content.stored_digest(session, version.id)
    after = item_changes.cells_of(item, revision)
    item_changes.record(session, hand, version, [Change(item.id, before, after, revision.position)])
    return revision


def restore(
    session: Session,
    hand: Hand,
    version: ListVersion,
    cells: Mapping[str, str],
    position: int,
    register: Register,
) -> ItemRevision:
    """Put an item that was taken out of a draft back where it stood; the caller commits.

    :param cells: all its cells, with its code
    :raises ListError: a cell that can't be taken any more
    :raises RoadmapError: the version is no draft
    """
    list_versions.take(session, version, Step.edit)
    draft = settle(read_item(cells), register)
    item = session.scalars(Item.by_code(draft.code)).one()
    others = [revision for revision, _ in _found(session, version)]
    position = min(position, len(others))
    for place, revision in enumerate(others):
        revision.position = place + (place >= position)
    return _insert(session, hand, version, item, list_content.of_draft(draft, position))


def retire(session: Session, hand: Hand, version: ListVersion, code: str) -> None:
    """Take an item out of a draft; its code stays issued. The caller commits.

    :raises RoadmapError: the version is no draft, or has no such item
    """
    list_versions.take(session, version, Step.edit)
    revision, item = _find(session, version, code)
    gone = Change(item.id, item_changes.cells_of(item, revision), None, revision.position)
    session.delete(revision)
    session.flush()
    for position, (other, _) in enumerate(_found(session, version)):
        other.position = position
    version.content_hash = list_content.stored_digest(session, version.id)
    item_changes.record(session, hand, version, [gone])


def find(session: Session, version: ListVersion, code: str) -> ItemRevision:
    """What a version says of an item.

    :raises RoadmapError: it has no such item
    """
    return _find(session, version, code)[0]


def _find(session: Session, version: ListVersion, code: str) -> tuple[ItemRevision, Item]:
    found = next((pair for pair in _found(session, version) if pair[1].code == code), None)
    if found is None:
        text = f"List {version.year}/{version.number} has no item {code}. Check the code."
        raise RoadmapError("item_unknown", text, item=code, year=version.year, number=version.number)
    return found


def _insert(
    session: Session, hand: Hand, version: ListVersion, item: Item, values: Mapping[str, Any]
) -> ItemRevision:
    revision = ItemRevision(id=new_id(), item_id=item.id, list_version_id=version.id, **values)
    session.add(revision)
    version.content_hash = list_content.stored_digest(session, version.id)
    after = item_changes.cells_of(item, revision)
    item_changes.record(session, hand, version, [Change(item.id, None, after, revision.position)])
    return revision


def _found(session: Session, version: ListVersion) -> list[tuple[ItemRevision, Item]]:
    return list(session.execute(ItemRevision.of_version(version.id)).tuples())
