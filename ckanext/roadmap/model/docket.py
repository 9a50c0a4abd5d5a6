"""Dockets of the Coordination Commission."""

from __future__ import annotations

from datetime import date, datetime
from typing import Self

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

import ckan.plugins.toolkit as tk

from .columns import Document, Key, Listing, Moment, Words


class Docket(tk.BaseModel):
    """The agenda of one sitting, who sat, and the draft of the list that its decisions go into."""

    __tablename__ = "roadmap_docket"

    id: Mapped[Key]
    number: Mapped[Words]
    sitting_date: Mapped[date]
    place: Mapped[Document]
    chair: Mapped[Words | None]
    secretary: Mapped[Words | None]
    present: Mapped[Listing]
    state: Mapped[Words]
    list_version_id: Mapped[str | None] = mapped_column(sa.ForeignKey("roadmap_list_version.id"))
    created_by: Mapped[Words]
    created_at: Mapped[Moment]
    sent_by: Mapped[Words | None]
    sent_at: Mapped[datetime | None] = mapped_column(sa.DateTime(timezone=True))
    closed_by: Mapped[Words | None]
    closed_at: Mapped[datetime | None] = mapped_column(sa.DateTime(timezone=True))

    @classmethod
    def lock(cls) -> sa.Select[tuple[None]]:
        """Makes writers of dockets wait for one another until the end of the transaction."""
        return sa.select(sa.func.pg_advisory_xact_lock(sa.func.hashtext(cls.__tablename__)))

    @classmethod
    def select_all(cls) -> sa.Select[tuple[Self]]:
        """Every docket, the newest sitting first."""
        return sa.select(cls).order_by(cls.sitting_date.desc(), cls.number.desc())

    @classmethod
    def by_number(cls, number: str) -> sa.Select[tuple[Self]]:
        """The docket of a number."""
        return sa.select(cls).where(cls.number == number)
