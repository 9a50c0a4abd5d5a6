"""What repairs would have raised at a past instant, kept so that nobody waits for it twice."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

import ckan.plugins.toolkit as tk

from .columns import Key, Moment, Words


class PastOutlook(tk.BaseModel):
    """The shares of every obligation at an instant, and what its repair would have raised them by.

    `rows`: for each obligation its id, body, item, sphere and twelve numbers, as `SheetRow.outlook` has them.
    `basis`: what it was made by.
    """

    __tablename__ = "roadmap_past_outlook"

    id: Mapped[Key]
    basis: Mapped[Words]
    at: Mapped[Moment]
    made_at: Mapped[Moment]
    rows: Mapped[list[Any]] = mapped_column(sa.JSON, deferred=True)

    @classmethod
    def of(cls, basis: str, at: datetime) -> sa.Select[tuple[str, datetime]]:
        """The id of the newest one of an instant, and when it was made."""
        query = sa.select(cls.id, cls.made_at).where(cls.basis == basis, cls.at == at)
        return query.order_by(cls.made_at.desc()).limit(1)

    @classmethod
    def keep(cls, count: int) -> sa.Delete:
        """Delete all but the newest ones."""
        return sa.delete(cls).where(
            cls.id.not_in(sa.select(cls.id).order_by(cls.made_at.desc(), cls.id).limit(count))
        )
