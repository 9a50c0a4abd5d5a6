"""Who publishes in other catalogues, and which body that is here: matched or told, never guessed."""

from __future__ import annotations

from typing import Self

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

import ckan.plugins.toolkit as tk

from .columns import Document, Listing, Moment, Words
from .moved_dataset import MovedDataset


class MovedPublisher(tk.BaseModel):
    """One publisher of another catalogue. `body_id` is nothing as long as nobody knows; `how` tells by what.

    `candidates` are names of bodies that may be meant: told to a person, and nothing more.
    """

    __tablename__ = "roadmap_moved_publisher"

    connection: Mapped[str] = mapped_column(sa.UnicodeText, primary_key=True)
    key: Mapped[str] = mapped_column(sa.UnicodeText, primary_key=True)
    title: Mapped[Document]
    stir: Mapped[Words]
    name: Mapped[Words]
    body_id: Mapped[str | None] = mapped_column(sa.ForeignKey("roadmap_body.id"))
    how: Mapped[Words | None]
    by: Mapped[Words | None]
    candidates: Mapped[Listing]
    first_seen_at: Mapped[Moment]
    resolved_at: Mapped[Moment | None]

    @classmethod
    def of_connection(cls, connection: str) -> sa.Select[tuple[Self]]:
        """The publishers of a catalogue."""
        return sa.select(cls).where(cls.connection == connection).order_by(cls.key)

    @classmethod
    def known(cls, connection: str) -> sa.Select[tuple[str]]:
        """The keys of those whose bodies are known."""
        return sa.select(cls.key).where(cls.connection == connection, cls.body_id.is_not(None))

    @classmethod
    def publishes(cls) -> sa.ColumnElement[bool]:
        """Joins publishers with their datasets."""
        return sa.and_(MovedDataset.connection == cls.connection, MovedDataset.publisher_key == cls.key)
