"""Outages of the portal that have ended, as its log of beats shows them: what the status rule is told."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Self

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from .columns import Key, Moment
from .ledger import Chained, LedgerBase


class OutageRow(Chained, LedgerBase):
    """One outage that beats measured; `proof` names the beats at its ends, and what did not answer."""

    __tablename__ = "roadmap_outage"

    id: Mapped[Key]
    since: Mapped[Moment]
    until: Mapped[Moment]
    proof: Mapped[dict[str, Any]] = mapped_column(JSONB)

    @classmethod
    def known(cls, as_of: datetime) -> sa.Select[tuple[Self]]:
        """Those recorded by a time, in their order."""
        return sa.select(cls).where(cls.recorded_at <= as_of).order_by(cls.since)

    @classmethod
    def beginnings(cls) -> sa.Select[tuple[datetime]]:
        """When those that are recorded began."""
        return sa.select(cls.since)
