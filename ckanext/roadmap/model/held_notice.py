"""Whom a held load is told by mail."""

from __future__ import annotations

from typing import Self

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

import ckan.plugins.toolkit as tk

from .columns import Key, Moment, Words


class HeldNotice(tk.BaseModel):
    """One held run told to one person, once.

    It holds no address: where it goes is read when it is sent.
    """

    __tablename__ = "roadmap_held_notice"
    __table_args__ = (sa.UniqueConstraint("run_id", "user_id"),)

    id: Mapped[Key]
    run_id: Mapped[str] = mapped_column(sa.ForeignKey("roadmap_run.id", ondelete="CASCADE"))
    user_id: Mapped[Words]
    created_at: Mapped[Moment]
    mailed_at: Mapped[Moment | None]
    attempts: Mapped[int] = mapped_column(default=0)

    @classmethod
    def told(cls, run_id: str) -> sa.Select[tuple[str]]:
        """Ids of the users who have a notice of a run."""
        return sa.select(cls.user_id).where(cls.run_id == run_id)

    @classmethod
    def unsent_ids(cls, attempts: int) -> sa.Select[tuple[str]]:
        """Ids of the notices that no mail has carried yet, but of those that failed too often."""
        found = sa.select(cls.id).where(cls.mailed_at.is_(None), cls.attempts < attempts)
        return found.order_by(cls.created_at, cls.id)

    @classmethod
    def taken(cls, id_: str) -> sa.Select[tuple[Self]]:
        """The notice, unless it was sent meanwhile or another worker is about to: held until the commit."""
        return (
            sa.select(cls)
            .where(cls.id == id_, cls.mailed_at.is_(None))
            .with_for_update(skip_locked=True)
            .execution_options(populate_existing=True)
        )
