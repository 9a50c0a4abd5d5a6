"""Data events: what really happened to the data behind an obligation."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Self

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from ckanext.roadmap.domain.calendar import Period
from ckanext.roadmap.domain.content import Label
from ckanext.roadmap.domain.event import EventKind, Place

from .columns import Key, Listing, Moment, Words
from .ledger import Chained, LedgerBase

_CONTENT = (EventKind.changed, EventKind.unchanged)
_SHOWS_DATA = (*_CONTENT, EventKind.withdrawn)
_LABELS = frozenset(Label)


def label_of(kind: str, note: str | None) -> Label | None:
    """What a note tells of the content; the notes of other kinds are words or codes of their own."""
    return Label(note) if kind in _CONTENT and note in _LABELS else None


def covers_of(row: Any) -> Period | None:
    """What the data of an event cover by their own column, from a row of any kind; None: untold."""
    return None if row.covers_first is None else Period(row.covers_first, row.covers_last)


class DataEventRow(Chained, LedgerBase):
    """One fact: changed, unchanged, attested, failed or withdrawn."""

    __tablename__ = "roadmap_data_event"
    LATER = frozenset({"covers_first", "covers_last"})

    id: Mapped[Key]
    obligation_id: Mapped[Words]
    dataset_id: Mapped[Words | None]
    resource_id: Mapped[Words | None]
    kind: Mapped[Words]
    at: Mapped[Moment]
    place: Mapped[Words]
    grade: Mapped[Words]
    source: Mapped[Words]
    run_id: Mapped[Words | None]
    content_hash: Mapped[Words | None]
    rows: Mapped[int | None] = mapped_column(sa.BigInteger)
    rows_changed: Mapped[int | None] = mapped_column(sa.BigInteger)
    columns: Mapped[Listing | None]
    regions: Mapped[Listing | None]
    live_read_at: Mapped[Moment | None]
    note: Mapped[Words | None]
    covers_first: Mapped[date | None]
    covers_last: Mapped[date | None]

    @property
    def label(self) -> Label | None:
        """What is odd in the content."""
        return label_of(self.kind, self.note)

    @classmethod
    def of_obligations(cls, obligation_ids: list[str]) -> sa.Select[tuple[Self]]:
        """The events of these obligations, oldest first."""
        return (
            sa.select(cls).where(cls.obligation_id.in_(obligation_ids)).order_by(cls.obligation_id, cls.seq)
        )

    @classmethod
    def newest(cls, obligation_ids: list[str], at: datetime) -> sa.Select[Any]:
        """The newest sight of the data of these obligations at each place, by what was recorded by a time."""
        ids = sa.select(sa.func.unnest(sa.cast(obligation_ids, ARRAY(sa.Text))).label("id")).subquery()
        places = sa.select(sa.func.unnest(sa.cast(list(Place), ARRAY(sa.Text))).label("place")).subquery()
        found = (
            sa.select(cls.__table__)
            .where(cls.obligation_id == ids.c.id, cls.place == places.c.place)
            .where(cls.kind.in_(_SHOWS_DATA), cls.at <= at, cls.recorded_at <= at)
            .order_by(cls.at.desc(), cls.recorded_at.desc(), cls.id.desc())
            .limit(1)
            .lateral()
        )
        return sa.select(*found.c).select_from(ids.join(places, sa.true()).join(found, sa.true()))

    @classmethod
    def of_run(cls, run_id: str) -> sa.Select[tuple[Self]]:
        """The events that a load run left."""
        return sa.select(cls).where(cls.run_id == run_id)
