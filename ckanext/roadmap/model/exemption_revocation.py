"""Revocations of exemptions."""

from __future__ import annotations

from typing import Self

import sqlalchemy as sa
from sqlalchemy.orm import Mapped

from .columns import Key, Words
from .ledger import Chained, LedgerBase


class ExemptionRevocationRow(Chained, LedgerBase):
    """Takes an exemption back from the moment it is recorded; what was shown before stays as it was."""

    __tablename__ = "roadmap_exemption_revocation"

    id: Mapped[Key]
    exemption_id: Mapped[Words]
    reason: Mapped[Words]
    by: Mapped[Words]

    @classmethod
    def of(cls, exemption_id: str) -> sa.Select[tuple[Self]]:
        """The revocation of an exemption."""
        return sa.select(cls).where(cls.exemption_id == exemption_id)
