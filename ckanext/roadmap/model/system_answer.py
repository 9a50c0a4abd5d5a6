"""Answers of bodies to the yearly survey of their information systems."""

from __future__ import annotations

from typing import Self

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

import ckan.plugins.toolkit as tk

from .columns import Key, Moment, Words


class SystemAnswer(tk.BaseModel):
    """An officer stated that the register holds all systems of the body; the last answer of a year holds."""

    __tablename__ = "roadmap_system_answer"

    id: Mapped[Key]
    body_id: Mapped[str] = mapped_column(sa.ForeignKey("roadmap_body.id"))
    year: Mapped[int]
    systems: Mapped[int]
    note: Mapped[Words]
    by: Mapped[Words]
    recorded_at: Mapped[Moment]

    @classmethod
    def of_year(cls, year: int) -> sa.Select[tuple[Self]]:
        """The answers of a year, oldest first."""
        return sa.select(cls).where(cls.year == year).order_by(cls.recorded_at, cls.id)
