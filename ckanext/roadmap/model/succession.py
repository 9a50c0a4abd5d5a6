"""What became of bodies: mergers, renamings, splits, abolitions."""

from __future__ import annotations

from datetime import date
from typing import Self

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

import ckan.plugins.toolkit as tk

from .columns import Key, Moment, Words


class Succession(tk.BaseModel):
    """From a day on, one body stands for another."""

    __tablename__ = "roadmap_succession"

    id: Mapped[Key]
    from_body_id: Mapped[str] = mapped_column(sa.ForeignKey("roadmap_body.id"))
    to_body_id: Mapped[str | None] = mapped_column(sa.ForeignKey("roadmap_body.id"))
    kind: Mapped[Words]
    effective: Mapped[date]
    act: Mapped[Words | None]
    note: Mapped[Words | None]
    recorded_at: Mapped[Moment]
    applied_at: Mapped[Moment | None]

    @classmethod
    def select_all(cls) -> sa.Select[tuple[Self]]:
        """Every succession, oldest first."""
        return sa.select(cls).order_by(cls.effective, cls.id)

    @classmethod
    def due(cls, today: date) -> sa.Select[tuple[Self]]:
        """Successions whose day has come and that no obligation has followed yet, oldest first."""
        return cls.select_all().where(cls.applied_at.is_(None), cls.effective <= today)
