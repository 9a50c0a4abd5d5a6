"""From which shares the light is green and yellow, as it was set through time; append-only."""

from __future__ import annotations

from typing import Self

import sqlalchemy as sa
from sqlalchemy.orm import Mapped

from .columns import Key
from .ledger import Chained, LedgerBase


class LightRow(Chained, LedgerBase):
    """The thresholds that hold from `recorded_at` on, in percent of the share kept."""

    __tablename__ = "roadmap_light"

    id: Mapped[Key]
    green: Mapped[int]
    yellow: Mapped[int]

    @classmethod
    def newest_first(cls) -> sa.Select[tuple[Self]]:
        """All of them."""
        return sa.select(cls).order_by(cls.seq.desc())
