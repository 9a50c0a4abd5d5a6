"""Takes a change of a draft back, as a change of its own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, cast

from sqlalchemy.orm import Session

from ckanext.roadmap.domain.errors import RoadmapError
from ckanext.roadmap.domain.item_change import Fields, overtaken, taken_back
from ckanext.roadmap.domain.list_life import ListStatus, Step
from ckanext.roadmap.model import Item, ItemChangeRow, ItemRevision, ListVersion
from ckanext.roadmap.services import item_changes, list_items, list_versions
from ckanext.roadmap.services.bodies import Register
from ckanext.roadmap.services.item_changes import Hand


@dataclass(frozen=True, slots=True)
class Noted:
    """A change as it is kept, and whether it can be taken back as things stand."""

    row: ItemChangeRow
    code: str
    undone_by: str | None
    is_undoable: bool


def noted(
    session: Session, version: ListVersion, code: str | None, limit: int, offset: int
) -> tuple[int, list[Noted]]:
    """How many changes of a version (or of one item of it) there are, and some of them, newest first."""
    total = session.scalars(ItemChangeRow.count_of(version.id, code)).one()
    found = session.execute(ItemChangeRow.of_version(version.id, code).limit(limit).offset(offset)).tuples()
    now = _standing(session, version) if version.status == ListStatus.draft else None
    return total, [
        Noted(row, item, answer, answer is None and now is not None and _stands(row, now.get(item)))
        for row, item, answer in found
    ]


def undo(session: Session, hand: Hand, row: ItemChangeRow, register: Register) -> tuple[ListVersion, str]:
    """Put the item back as it stood before a change; the caller commits.

    :returns: the version, and the item's code
    :raises ListError: a cell that can't be taken any more
    :raises RoadmapError: the version is no draft, it is undone already, or a later change stands on it
    """
    version = session.get_one(ListVersion, row.list_version_id)
    list_versions.take(session, version, Step.edit)
    code = session.get_one(Item, row.item_id).code
    if session.scalars(ItemChangeRow.undoing(row.id)).first():
        raise RoadmapError("change_undone", "The change is undone already. Look at the item as it stands.")
    now = _standing(session, version).get(code)
    _require_standing(row, code, now)
    hand, before = replace(hand, undoes=row.id), taken_back(_fields(row), now)
    if before is None:
        list_items.retire(session, hand, version, code)
    elif now is None:
        list_items.restore(session, hand, version, before, row.position, register)
    else:
        list_items.update(session, hand, version, code, before, register)
    return version, code


def _fields(row: ItemChangeRow) -> Fields:
    return cast(Fields, row.changes)


def _standing(session: Session, version: ListVersion) -> dict[str, dict[str, str]]:
    found = session.execute(ItemRevision.of_version(version.id)).tuples()
    return {item.code: item_changes.cells_of(item, revision) for revision, item in found}


def _stands(row: ItemChangeRow, now: Mapping[str, str] | None) -> bool:
    return not overtaken(_fields(row), now)


def _require_standing(row: ItemChangeRow, code: str, now: Mapping[str, Any] | None) -> None:
    if names := overtaken(_fields(row), now):
        fields = ", ".join(names)
        text = f"{code} was changed since in {fields}. Undo the later change first, or change the item."
        raise RoadmapError("change_overtaken", text, item=code, fields=fields)
