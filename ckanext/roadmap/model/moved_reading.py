"""Readings of other catalogues: how far each has come, and what it found."""

from __future__ import annotations

from typing import Self

import sqlalchemy as sa
from sqlalchemy.orm import Mapped

import ckan.plugins.toolkit as tk

from .columns import Document, Key, Listing, Moment, Words


class MovedReading(tk.BaseModel):
    """One reading (its id is that of the harvest job); `cursor` is where it goes on if it was killed."""

    __tablename__ = "roadmap_moved_reading"

    id: Mapped[Key]
    connection: Mapped[Words]
    cursor: Mapped[Words]
    total: Mapped[int | None]
    counts: Mapped[Document]
    remarks: Mapped[Listing]
    faults: Mapped[Listing]
    started_at: Mapped[Moment]
    finished_at: Mapped[Moment | None]

    @classmethod
    def newest(cls, connection: str) -> sa.Select[tuple[Self]]:
        """The last reading of a catalogue."""
        return (
            sa.select(cls)
            .where(cls.connection == connection)
            .order_by(cls.started_at.desc(), cls.id)
            .limit(1)
        )
