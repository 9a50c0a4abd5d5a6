"""Notices that supersede a deadline; the original stays visible."""

from __future__ import annotations

from typing import Self

import sqlalchemy as sa
from sqlalchemy.orm import Mapped

from .columns import Key, Moment, Words
from .deadline import DeadlineRow
from .ledger import Chained, LedgerBase


class DeadlineNoticeRow(Chained, LedgerBase):
    """A deadline is void, or moved to another day, by an act."""

    __tablename__ = "roadmap_deadline_notice"

    id: Mapped[Key]
    deadline_id: Mapped[Words]
    kind: Mapped[Words]
    due_at: Mapped[Moment | None]
    reason: Mapped[Words]
    act: Mapped[Words | None]

    @classmethod
    def newest(cls, deadline_id: str) -> sa.Select[tuple[Self]]:
        """The notice that holds for a deadline."""
        return sa.select(cls).where(cls.deadline_id == deadline_id).order_by(cls.seq.desc()).limit(1)

    @classmethod
    def of_obligations(cls, obligation_ids: list[str]) -> sa.Select[tuple[Self]]:
        """The notices on these obligations' deadlines, oldest first."""
        return (
            sa.select(cls)
            .join(DeadlineRow, DeadlineRow.id == cls.deadline_id)
            .where(DeadlineRow.obligation_id.in_(obligation_ids))
            .order_by(cls.seq)
        )
