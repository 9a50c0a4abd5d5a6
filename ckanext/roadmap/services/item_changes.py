"""Who changed what in a draft and when: recorded for good with each change, and taken back on request."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from ckanext.roadmap.domain.item_change import fields_between, kind_of
from ckanext.roadmap.model import Item, ItemChangeRow, ItemRevision, ListVersion
from ckanext.roadmap.presentation import approved_list
from ckanext.roadmap.services import ledger, list_content

Cells = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Hand:
    """Who changes a draft, and when; `undoes` names the change that is taken back."""

    by: str
    at: datetime
    undoes: str | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """An item before and after; None: it did not stand in the list."""

    item_id: str
    before: Cells | None
    after: Cells | None
    position: int


def cells_of(item: Item, revision: ItemRevision) -> dict[str, str]:
    """What a revision says of an item, in the cells of the import."""
    return approved_list.cells(list_content.row(item.code, revision))


def record(session: Session, hand: Hand, version: ListVersion, changes: Iterable[Change]) -> None:
    """Keep changes for good; those that change no cell are left out. The caller commits."""
    session.flush()
    told = [(change, fields_between(change.before, change.after)) for change in changes]
    rows = [
        ItemChangeRow(
            list_version_id=version.id,
            item_id=change.item_id,
            kind=str(kind_of(change.before, change.after)),
            position=change.position,
            changes=fields,
            undoes=hand.undoes,
            by=hand.by,
        )
        for change, fields in told
        if fields
    ]
    ledger.append(session, hand.at, rows)
