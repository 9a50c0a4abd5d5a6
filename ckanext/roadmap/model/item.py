"""Mandated datasets: the item that lasts."""

from __future__ import annotations

from typing import Self

import sqlalchemy as sa
from sqlalchemy.orm import Mapped

import ckan.plugins.toolkit as tk

from .columns import Key, Moment, Words


class Item(tk.BaseModel):
    """One mandated dataset; it keeps its code and identity over list versions."""

    __tablename__ = "roadmap_item"

    id: Mapped[Key]
    code: Mapped[Words]
    created_at: Mapped[Moment]

    @classmethod
    def by_code(cls, code: str) -> sa.Select[tuple[Self]]:
        """The item of a code."""
        return sa.select(cls).where(cls.code == code)

    @classmethod
    def by_codes(cls, codes: list[str]) -> sa.Select[tuple[Self]]:
        """The items of these codes that exist."""
        return sa.select(cls).where(cls.code.in_(codes))
