"""Obligations: item x body, one identity over list versions."""

from __future__ import annotations

from typing import Self

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

import ckan.plugins.toolkit as tk

from .columns import Key, Moment


class Obligation(tk.BaseModel):
    """A body's duty to publish an item; `body_id` is who holds it now, and moves to a successor."""

    __tablename__ = "roadmap_obligation"

    id: Mapped[Key]
    item_id: Mapped[str] = mapped_column(sa.ForeignKey("roadmap_item.id"))
    body_id: Mapped[str] = mapped_column(sa.ForeignKey("roadmap_body.id"))
    recorded_at: Mapped[Moment]

    @classmethod
    def of_items(cls, item_ids: list[str]) -> sa.Select[tuple[Self]]:
        """The obligations of these items."""
        return sa.select(cls).where(cls.item_id.in_(item_ids))
