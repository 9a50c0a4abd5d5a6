"""Attestations: an officer's signed statement that nothing changed, for one deadline."""

from __future__ import annotations

from typing import Self

import sqlalchemy as sa
from sqlalchemy.orm import Mapped

from .columns import Key, Moment, Words
from .deadline import DeadlineRow
from .ledger import Chained, LedgerBase


class AttestationRow(Chained, LedgerBase):
    """Names the deadline that an `attested` event was signed for, and who signed it."""

    __tablename__ = "roadmap_attestation"
    LATER = frozenset({"valid_until"})

    id: Mapped[Key]
    deadline_id: Mapped[Words]
    event_id: Mapped[Words]
    reason: Mapped[Words]
    by: Mapped[Words]
    valid_until: Mapped[Moment | None]

    @classmethod
    def of_obligations(cls, obligation_ids: list[str]) -> sa.Select[tuple[Self]]:
        """The attestations for these obligations' deadlines, oldest first."""
        return (
            sa.select(cls)
            .join(DeadlineRow, DeadlineRow.id == cls.deadline_id)
            .where(DeadlineRow.obligation_id.in_(obligation_ids))
            .order_by(cls.seq)
        )
