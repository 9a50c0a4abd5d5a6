"""What the first page of compliance tells of the country now, kept while no sum changes."""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

import ckan.plugins.toolkit as tk

from .columns import Key, Moment, QuickJSON, Words

FOR_EVER = datetime(9999, 1, 1, tzinfo=UTC)


class CountrySheet(tk.BaseModel):
    """The figures of the country and of all bodies from `since` until `until`; a new one has a new id.

    Of a past instant `until` is `FOR_EVER`, since what was known then never changes. `basis`: what it was
    made of besides the sums (names of bodies, thresholds), to be compared. `day`: kept for good as what was
    told at the end of that day; else it was asked for. `sums`: of the present, what instants of the
    running day start from.
    """

    __tablename__ = "roadmap_country_sheet"

    id: Mapped[Key]
    basis: Mapped[Words]
    since: Mapped[Moment]
    until: Mapped[Moment]
    made_at: Mapped[Moment] = mapped_column(server_default=sa.func.clock_timestamp())
    day: Mapped[date | None]
    content: Mapped[dict[str, Any]] = mapped_column(QuickJSON, deferred=True)
    sums: Mapped[dict[str, Any] | None] = mapped_column(QuickJSON, deferred=True)

    @classmethod
    def holding(cls, basis: str, at: datetime) -> sa.Select[tuple[str]]:
        """The id of the sheet that holds at an instant."""
        return sa.select(cls.id).where(cls.basis == basis, cls.since <= at, cls.until > at).limit(1)

    @classmethod
    def sums_at(cls, at: datetime) -> sa.Select[tuple[dict[str, Any] | None]]:
        """The sums that are kept of the present, if it is that instant; the newest first."""
        holding = (cls.since <= at, cls.until > at, cls.until < FOR_EVER, cls.sums.is_not(None))
        return sa.select(cls.sums).where(*holding).order_by(cls.made_at.desc(), cls.id)

    @classmethod
    def forget(cls) -> sa.Delete:
        """Delete what is told of the present; what was shown in the past stays."""
        return sa.delete(cls).where(cls.until < FOR_EVER)

    @classmethod
    def keep_present(cls, at: datetime, count: int) -> sa.Delete:
        """Delete all that is told of the present but the newest ones that hold."""
        holding = (cls.since <= at, cls.until > at, cls.until < FOR_EVER)
        kept = sa.select(cls.id).where(*holding).order_by(cls.made_at.desc()).limit(count)
        return sa.delete(cls).where(cls.until < FOR_EVER, cls.id.not_in(kept))

    @classmethod
    def keep_past(cls, count: int) -> sa.Delete:
        """Delete all that was asked for of the past but the newest ones; days that are kept stay."""
        asked = (cls.until == FOR_EVER, cls.day.is_(None))
        kept = sa.select(cls.id).where(*asked).order_by(cls.made_at.desc()).limit(count)
        return sa.delete(cls).where(*asked, cls.id.not_in(kept))

    @classmethod
    def days(cls, bases: Collection[str]) -> sa.Select[tuple[str]]:
        """Which of these are kept as days."""
        return sa.select(cls.basis).where(cls.day.is_not(None), cls.basis.in_(bases))
