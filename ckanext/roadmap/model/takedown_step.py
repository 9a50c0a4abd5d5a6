"""What followed a takedown."""

from __future__ import annotations

from typing import Self

import sqlalchemy as sa
from sqlalchemy.orm import Mapped

from .columns import Key, Words
from .ledger import Chained, LedgerBase


class TakedownStepRow(Chained, LedgerBase):
    """The auditor confirmed or dismissed it, or clean data were let back."""

    __tablename__ = "roadmap_takedown_step"

    id: Mapped[Key]
    takedown_id: Mapped[Words]
    kind: Mapped[Words]
    text: Mapped[Words]
    by: Mapped[Words]

    @classmethod
    def of(cls, takedown_ids: list[str]) -> sa.Select[tuple[Self]]:
        """The steps of these takedowns, oldest first."""
        return sa.select(cls).where(cls.takedown_id.in_(takedown_ids)).order_by(cls.seq)
