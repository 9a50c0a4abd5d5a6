"""Changes of items in drafts: what stood before and after, by whom, and when; append-only."""

from __future__ import annotations

from typing import Self

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, aliased

from .columns import Document, Key, Words
from .item import Item
from .ledger import Chained, LedgerBase


class ItemChangeRow(Chained, LedgerBase):
    """An item that was added, changed or removed: each field with the text before and after."""

    __tablename__ = "roadmap_item_change"

    id: Mapped[Key]
    list_version_id: Mapped[Words]
    item_id: Mapped[Words]
    kind: Mapped[Words]
    position: Mapped[int]
    changes: Mapped[Document]
    undoes: Mapped[Words | None]
    by: Mapped[Words]

    @classmethod
    def of_version(cls, list_version_id: str, code: str | None = None) -> sa.Select[tuple[Self, str, str]]:
        """Changes with the codes of their items and the ids of what undid them (or None), newest first."""
        answer = aliased(cls)
        found = (
            sa.select(cls, Item.code, answer.id)
            .join(Item, Item.id == cls.item_id)
            .join(answer, answer.undoes == cls.id, isouter=True)
            .where(cls.list_version_id == list_version_id)
            .order_by(cls.seq.desc())
        )
        return found if code is None else found.where(Item.code == code)

    @classmethod
    def count_of(cls, list_version_id: str, code: str | None = None) -> sa.Select[tuple[int]]:
        """How many changes there are."""
        found = sa.select(sa.func.count(cls.id)).where(cls.list_version_id == list_version_id)
        if code is None:
            return found
        return found.join(Item, Item.id == cls.item_id).where(Item.code == code)

    @classmethod
    def undoing(cls, change_id: str) -> sa.Select[tuple[str]]:
        """The id of the change that undid another."""
        return sa.select(cls.id).where(cls.undoes == change_id)
