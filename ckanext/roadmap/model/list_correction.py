"""Technical corrections of approved lists."""

from __future__ import annotations

from typing import Self

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

import ckan.plugins.toolkit as tk

from .columns import Document, Key, Moment, Words
from .item import Item
from .item_revision import ItemRevision


class ListCorrection(tk.BaseModel):
    """A typing error mended in an approved list by an act; it is no revision."""

    __tablename__ = "roadmap_list_correction"

    id: Mapped[Key]
    list_version_id: Mapped[str] = mapped_column(sa.ForeignKey("roadmap_list_version.id"))
    revision_id: Mapped[str] = mapped_column(sa.ForeignKey("roadmap_item_revision.id"))
    changes: Mapped[Document]
    act: Mapped[Words]
    reason: Mapped[Words]
    hash_before: Mapped[Words]
    hash_after: Mapped[Words]
    recorded_by: Mapped[Words]
    recorded_at: Mapped[Moment]

    @classmethod
    def of_version(cls, list_version_id: str) -> sa.Select[tuple[Self, str]]:
        """The corrections of a version with the codes of their items, oldest first."""
        return (
            sa.select(cls, Item.code)
            .join(ItemRevision, ItemRevision.id == cls.revision_id)
            .join(Item, Item.id == ItemRevision.item_id)
            .where(cls.list_version_id == list_version_id)
            .order_by(cls.recorded_at, cls.id)
        )

    @classmethod
    def of_revision(cls, revision_id: str) -> sa.Select[tuple[Self]]:
        """The corrections of what a version says of an item, oldest first."""
        return sa.select(cls).where(cls.revision_id == revision_id).order_by(cls.recorded_at, cls.id)
