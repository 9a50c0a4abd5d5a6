"""Identifiers of datasets (d-ddd-dddd): issued once, never used again; append-only."""

from __future__ import annotations

from typing import Self

import sqlalchemy as sa
from sqlalchemy.orm import Mapped

from .columns import Key, Words
from .ledger import Chained, LedgerBase


class IdentifierRow(Chained, LedgerBase):
    """The number under which a body publishes what one obligation asks for; it outlives both."""

    __tablename__ = "roadmap_identifier"

    id: Mapped[Key]
    identifier: Mapped[Words]
    body_code: Mapped[Words]
    number: Mapped[int]
    obligation_id: Mapped[Words]
    by: Mapped[Words]

    @classmethod
    def of_obligations(cls, obligation_ids: list[str]) -> sa.Select[tuple[Self]]:
        """The identifiers of these obligations."""
        return sa.select(cls).where(cls.obligation_id.in_(obligation_ids))

    @classmethod
    def by_identifier(cls, identifier: str) -> sa.Select[tuple[Self]]:
        """What was issued under an identifier."""
        return sa.select(cls).where(cls.identifier == identifier)

    @classmethod
    def last_numbers(cls) -> sa.Select[tuple[str, int]]:
        """The highest number issued under each body's code."""
        return sa.select(cls.body_code, sa.func.max(cls.number)).group_by(cls.body_code)
