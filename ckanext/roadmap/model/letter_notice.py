"""A notice that a letter carries."""

from __future__ import annotations

from typing import Self

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

import ckan.plugins.toolkit as tk

from .columns import Key, Moment


class LetterNotice(tk.BaseModel):
    """Told to one person by one letter: when that went, and how often it was tried.

    It holds no address: where it goes is read when it is sent.
    """

    __abstract__ = True

    id: Mapped[Key]
    created_at: Mapped[Moment]
    mailed_at: Mapped[Moment | None]
    attempts: Mapped[int] = mapped_column(default=0)

    @classmethod
    def unsent_ids(cls, attempts: int) -> sa.Select[tuple[str]]:
        """Ids of the notices that no letter has carried yet, but of those that failed too often."""
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
