"""Versions of the approved list."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Self

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

import ckan.plugins.toolkit as tk

from .columns import Key, Moment, Words


class ListVersion(tk.BaseModel):
    """One list of a year, with the commission's decision once it is approved."""

    __tablename__ = "roadmap_list_version"

    id: Mapped[Key]
    year: Mapped[int]
    number: Mapped[int]
    status: Mapped[Words]
    decision_number: Mapped[Words | None]
    decision_date: Mapped[date | None]
    decision_document: Mapped[Words | None]
    in_force_from: Mapped[date | None]
    in_force_to: Mapped[date | None]
    grace_share: Mapped[Decimal] = mapped_column(sa.Numeric(4, 3), default=Decimal("0.2"))
    grace_floor_days: Mapped[int] = mapped_column(default=1)
    grace_cap_days: Mapped[int] = mapped_column(default=45)
    attestation_limit: Mapped[int] = mapped_column(default=2)
    content_hash: Mapped[Words]
    created_at: Mapped[Moment]
    approved_at: Mapped[Moment | None]
    approved_by: Mapped[Words | None]
    submitted_at: Mapped[Moment | None]
    submitted_by: Mapped[Words | None]
    rejected_at: Mapped[Moment | None]
    rejected_by: Mapped[Words | None]
    rejected_reason: Mapped[Words | None]
    override_act: Mapped[Words | None]
    override_reason: Mapped[Words | None]

    @classmethod
    def select_all(cls) -> sa.Select[tuple[Self]]:
        """Every version, newest first."""
        return sa.select(cls).order_by(cls.year.desc(), cls.number.desc())

    @classmethod
    def of_year(cls, year: int, number: int | None = None) -> sa.Select[tuple[Self]]:
        """The versions of a year, newest first; or the one of that number."""
        found = cls.select_all().where(cls.year == year)
        return found if number is None else found.where(cls.number == number)

    @classmethod
    def approved_in_force(cls, at: date) -> sa.Select[tuple[Self]]:
        """The approved version in force on a day."""
        return (
            cls.select_all()
            .where(cls.approved_at.is_not(None), cls.in_force_from <= at)
            .where(sa.or_(cls.in_force_to.is_(None), cls.in_force_to > at))
        )

    @classmethod
    def lock(cls) -> sa.Select[tuple[None]]:
        """Makes writers of the list wait for one another until the end of the transaction."""
        return sa.select(sa.func.pg_advisory_xact_lock(sa.func.hashtext(cls.__tablename__)))
