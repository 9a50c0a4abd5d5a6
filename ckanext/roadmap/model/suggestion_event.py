"""The append-only history of suggestions."""

from __future__ import annotations

from typing import Self

import sqlalchemy as sa
from sqlalchemy.orm import Mapped

from .columns import Key, Moment, Words
from .ledger import Chained, LedgerBase


class SuggestionEventRow(Chained, LedgerBase):
    """One step of a suggestion: to which state, why, and who took it (a user's id, or nothing)."""

    __tablename__ = "roadmap_suggestion_event"

    id: Mapped[Key]
    suggestion_id: Mapped[Words]
    state: Mapped[Words]
    reason: Mapped[Words]
    actor: Mapped[Words]
    at: Mapped[Moment]

    @classmethod
    def of(cls, suggestion_id: str) -> sa.Select[tuple[Self]]:
        """The steps of a suggestion, oldest first."""
        return sa.select(cls).where(cls.suggestion_id == suggestion_id).order_by(cls.seq)
