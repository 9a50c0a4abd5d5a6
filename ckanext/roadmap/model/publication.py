"""Confirmed links from obligations to datasets."""

from __future__ import annotations

from typing import Self

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

import ckan.plugins.toolkit as tk

from .columns import Key, Moment, Words


class Publication(tk.BaseModel):
    """Says that a dataset (or one resource of it) answers an obligation."""

    __tablename__ = "roadmap_publication"

    id: Mapped[Key]
    obligation_id: Mapped[str] = mapped_column(sa.ForeignKey("roadmap_obligation.id"))
    dataset_id: Mapped[Words]
    resource_id: Mapped[Words | None]
    place: Mapped[Words]
    how: Mapped[Words]
    proposed_at: Mapped[Moment]
    proposed_by: Mapped[Words]
    confirmed_at: Mapped[Moment | None]
    confirmed_by: Mapped[Words | None]
    revoked_at: Mapped[Moment | None]
    revoked_by: Mapped[Words | None]

    @classmethod
    def standing(cls, obligation_id: str, dataset_id: str, place: str) -> sa.Select[tuple[Self]]:
        """The link that stands between an obligation and a dataset at a place."""
        return sa.select(cls).where(
            cls.obligation_id == obligation_id,
            cls.dataset_id == dataset_id,
            cls.place == place,
            cls.revoked_at.is_(None),
        )

    @classmethod
    def confirmed(cls, obligation_ids: list[str] | None = None) -> sa.Select[tuple[Self]]:
        """Confirmed links, of these obligations or of all, oldest first."""
        found = sa.select(cls).where(cls.confirmed_at.is_not(None)).order_by(cls.confirmed_at, cls.id)
        return found if obligation_ids is None else found.where(cls.obligation_id.in_(obligation_ids))
