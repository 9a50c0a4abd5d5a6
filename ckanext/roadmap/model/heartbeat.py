"""The portal's looks at itself: its own log of being up and down."""

from __future__ import annotations

from datetime import datetime
from typing import Self

import sqlalchemy as sa
from sqlalchemy.orm import Mapped

from .columns import Key, Listing, Moment
from .ledger import Chained, LedgerBase


class HeartbeatRow(Chained, LedgerBase):
    """One look; `down` names the parts that did not answer."""

    __tablename__ = "roadmap_heartbeat"

    id: Mapped[Key]
    at: Mapped[Moment]
    down: Mapped[Listing]

    @classmethod
    def between(cls, since: datetime | None, until: datetime) -> sa.Select[tuple[Self]]:
        """The looks of a time, oldest first."""
        found = sa.select(cls).where(cls.at <= until).order_by(cls.at, cls.seq)
        return found if since is None else found.where(cls.at >= since)
