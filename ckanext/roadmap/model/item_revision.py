"""What one list version says of an item."""

from __future__ import annotations

from typing import Self

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

import ckan.plugins.toolkit as tk

from .columns import Document, Key, Listing, Words
from .item import Item
from .list_version import ListVersion


class ItemRevision(tk.BaseModel):
    """The text, term, responsible bodies and requirements of an item in one list version."""

    __tablename__ = "roadmap_item_revision"

    id: Mapped[Key]
    item_id: Mapped[str] = mapped_column(sa.ForeignKey("roadmap_item.id"))
    list_version_id: Mapped[str] = mapped_column(sa.ForeignKey("roadmap_list_version.id"))
    position: Mapped[int]
    title: Mapped[Document]
    sphere: Mapped[Words]
    places: Mapped[Listing]
    frequency: Mapped[Words]
    due_rule: Mapped[Words]
    responsible: Mapped[Document]
    territorial: Mapped[bool]
    region_column: Mapped[Words | None]
    unchanged_allowed: Mapped[bool]
    columns: Mapped[Listing]
    column_types: Mapped[Document]
    odin: Mapped[Listing]
    odin_indicators: Mapped[Listing]
    ai: Mapped[bool]
    personal_data: Mapped[Words | None]
    legal_basis: Mapped[Words | None]
    source_note: Mapped[Words | None]

    @classmethod
    def of_version(cls, list_version_id: str) -> sa.Select[tuple[Self, Item]]:
        """The revisions of a list version with their items, in the list's order."""
        return (
            sa.select(cls, Item)
            .join(Item, Item.id == cls.item_id)
            .where(cls.list_version_id == list_version_id)
            .order_by(cls.position)
        )

    @classmethod
    def approved_of_item(cls, code: str) -> sa.Select[tuple[Self, ListVersion]]:
        """What each approved list says of an item, oldest first."""
        return (
            sa.select(cls, ListVersion)
            .join(Item, Item.id == cls.item_id)
            .join(ListVersion, ListVersion.id == cls.list_version_id)
            .where(Item.code == code, ListVersion.approved_at.is_not(None))
            .order_by(ListVersion.in_force_from)
        )
