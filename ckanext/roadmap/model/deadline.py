"""Deadlines: obligation x period, written once."""

from __future__ import annotations

from datetime import date
from typing import Self

import sqlalchemy as sa
from sqlalchemy.orm import Mapped

from .columns import Key, Moment, Words
from .ledger import Chained, LedgerBase


class DeadlineRow(Chained, LedgerBase):
    """One dated row that a body owes."""

    __tablename__ = "roadmap_deadline"
    LATER = frozenset({"changed_at"})

    id: Mapped[Key]
    obligation_id: Mapped[Words]
    list_version_id: Mapped[Words]
    kind: Mapped[Words]
    period_code: Mapped[Words]
    period_start: Mapped[date]
    period_last: Mapped[date]
    due_at: Mapped[Moment]
    grace_days: Mapped[int]
    changed_at: Mapped[Moment | None]

    @classmethod
    def begun(cls, on: date, obligation_ids: list[str]) -> sa.Select[tuple[Self]]:
        """The deadlines of these obligations whose period has begun by a day, oldest first."""
        return (
            sa.select(cls)
            .where(cls.obligation_id.in_(obligation_ids), cls.period_start <= on)
            .order_by(cls.obligation_id, cls.period_last, cls.period_code)
        )

    @classmethod
    def keys(cls, list_version_id: str) -> sa.Select[tuple[str, str, str]]:
        """What is written already under a list version: obligation, kind, period code."""
        return sa.select(cls.obligation_id, cls.kind, cls.period_code).where(
            cls.list_version_id == list_version_id
        )
