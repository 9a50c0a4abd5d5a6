"""Datasets that move here from other catalogues: each once, with all that is known of its origin."""

from __future__ import annotations

from datetime import datetime
from typing import Self

import sqlalchemy as sa
from sqlalchemy.orm import InstrumentedAttribute, Mapped, mapped_column

import ckan.plugins.toolkit as tk

from .columns import Document, Key, Listing, Moment, Words


class MovedDataset(tk.BaseModel):
    """One dataset of another catalogue and what became of it here.

    `digest` is what the catalogue gave last, `moved` what was taken over last and under which digest;
    `rows_digest` is what the rows were loaded for, `rows_run` the load that was begun and is not noted
    yet; whoever finds one there finishes what its worker left. `changed_at` is when rows that differ from
    the first copy came: until then what the dataset holds is only declared (DESIGN section 5).
    """

    __tablename__ = "roadmap_moved_dataset"

    id: Mapped[Key]
    connection: Mapped[Words]
    key: Mapped[Words]
    identifier: Mapped[Words]
    publisher_key: Mapped[Words]
    origin: Mapped[Document]
    digest: Mapped[Words]
    updated: Mapped[Moment | None]
    remarks: Mapped[Listing]
    dataset_id: Mapped[Words]
    resource_id: Mapped[Words]
    state: Mapped[Words]
    reason: Mapped[Words | None]
    params: Mapped[Document | None]
    seen_in: Mapped[Words]
    first_seen_at: Mapped[Moment]
    moved: Mapped[Document | None]
    moved_digest: Mapped[Words | None]
    moved_at: Mapped[Moment | None]
    vanished_at: Mapped[Moment | None]
    rows_state: Mapped[Words]
    rows_digest: Mapped[Words | None]
    rows_run: Mapped[Words | None]
    rows_reason: Mapped[Document | None]
    rows: Mapped[int | None] = mapped_column(sa.BigInteger)
    columns: Mapped[Listing | None]
    approved: Mapped[Listing | None]
    changed_at: Mapped[datetime | None] = mapped_column(sa.DateTime(timezone=True))

    @classmethod
    def order(cls) -> tuple[InstrumentedAttribute[str], ...]:
        """By identifier and key."""
        return cls.identifier, cls.key

    @classmethod
    def of_connection(cls, connection: str) -> sa.Select[tuple[Self]]:
        """What a catalogue holds or held, in order."""
        return sa.select(cls).where(cls.connection == connection).order_by(*cls.order())

    @classmethod
    def in_reading(cls, connection: str, reading_id: str) -> sa.Select[tuple[Self]]:
        """What a reading of a catalogue has seen."""
        return cls.of_connection(connection).where(cls.seen_in == reading_id)

    @classmethod
    def unseen(cls, connection: str, reading_id: str) -> sa.Select[tuple[Self]]:
        """What a reading of a catalogue has not seen, and others had."""
        return cls.of_connection(connection).where(cls.seen_in != reading_id, cls.state != "vanished")

    @classmethod
    def of_keys(cls, connection: str, keys: list[str]) -> sa.Select[tuple[Self]]:
        """These datasets of a catalogue."""
        return cls.of_connection(connection).where(cls.key.in_(keys))

    @classmethod
    def of_dataset(cls, dataset_id: str) -> sa.Select[tuple[Self]]:
        """Where a dataset here has come from."""
        return sa.select(cls).where(cls.dataset_id == dataset_id, cls.moved_at.is_not(None))

    @classmethod
    def taken(cls, identifier: str) -> sa.Select[tuple[Self]]:
        """What carries an identifier of its origin here."""
        return sa.select(cls).where(cls.identifier == identifier, cls.moved_at.is_not(None))

    @classmethod
    def identifiers(cls) -> sa.Select[tuple[str]]:
        """All identifiers that came with datasets, or will."""
        return sa.select(cls.identifier).where(cls.identifier != "").distinct()

    @classmethod
    def unloaded(cls, before: datetime) -> sa.Select[tuple[Self]]:
        """Moved before an instant, and their rows still wait to be loaded; oldest first."""
        found = sa.select(cls).where(cls.rows_state == "waiting", cls.moved_at <= before)
        return found.order_by(cls.moved_at, *cls.order(), cls.id)
