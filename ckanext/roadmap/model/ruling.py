"""Rulings: the auditor's answers to objections."""

from __future__ import annotations

from typing import Self

import sqlalchemy as sa
from sqlalchemy.orm import Mapped

from .columns import Key, Words
from .ledger import Chained, LedgerBase


class RulingRow(Chained, LedgerBase):
    """Upholds or dismisses one objection, and names the act it led to."""

    __tablename__ = "roadmap_ruling"

    id: Mapped[Key]
    objection_id: Mapped[Words]
    upheld: Mapped[bool]
    text: Mapped[Words]
    remedy: Mapped[Words]
    exemption_id: Mapped[Words | None]
    notice_id: Mapped[Words | None]
    by: Mapped[Words]

    @classmethod
    def of(cls, objection_id: str) -> sa.Select[tuple[Self]]:
        """The ruling on an objection."""
        return sa.select(cls).where(cls.objection_id == objection_id)
