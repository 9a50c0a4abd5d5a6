"""Tokens by which an agent at a ministry pushes the tables of one system; only their hashes are kept."""

from __future__ import annotations

from typing import Self

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

import ckan.plugins.toolkit as tk

from .columns import Key, Moment, Words


class PushToken(tk.BaseModel):
    """One token of one system, good until it is revoked."""

    __tablename__ = "roadmap_push_token"

    id: Mapped[Key]
    system_id: Mapped[str] = mapped_column(sa.ForeignKey("roadmap_system.id"))
    token_hash: Mapped[str] = mapped_column(sa.UnicodeText, unique=True)
    note: Mapped[Words]
    created_at: Mapped[Moment]
    created_by: Mapped[Words]
    used_at: Mapped[Moment | None]
    revoked_at: Mapped[Moment | None]
    revoked_by: Mapped[Words | None]

    @classmethod
    def of_system(cls, system_id: str) -> sa.Select[tuple[Self]]:
        """Those of a system, newest first."""
        return sa.select(cls).where(cls.system_id == system_id).order_by(cls.created_at.desc(), cls.id)

    @classmethod
    def good(cls, token_hash: str) -> sa.Select[tuple[Self]]:
        """The token of that hash, unless it was revoked."""
        return sa.select(cls).where(cls.token_hash == token_hash, cls.revoked_at.is_(None))
