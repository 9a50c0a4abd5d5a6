"""Obligations: item x body, one identity over list versions."""

from __future__ import annotations

from typing import Self

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

import ckan.plugins.toolkit as tk

from .body import Body
from .columns import Key, Moment


class Obligation(tk.BaseModel):
    """A body's duty to publish an item."""

    __tablename__ = "roadmap_obligation"

    id: Mapped[Key]
    item_id: Mapped[str] = mapped_column(sa.ForeignKey("roadmap_item.id"))
    body_id: Mapped[str] = mapped_column(sa.ForeignKey("roadmap_body.id"))
    recorded_at: Mapped[Moment]

    @classmethod
    def of_items(cls, item_ids: list[str]) -> sa.Select[tuple[Self]]:
        """The obligations of these items."""
        return sa.select(cls).where(cls.item_id.in_(item_ids))

    @classmethod
    def count_of_body(cls, bodies: sa.Select[tuple[Body]]) -> sa.Select[tuple[int]]:
        """How many obligations the bodies of a query carry, in force or not."""
        ids = bodies.with_only_columns(Body.id)
        return sa.select(sa.func.count()).select_from(cls).where(cls.body_id.in_(ids.order_by(None)))
