"""The portal's looks at itself: its own log of being up and down."""

from __future__ import annotations

from datetime import datetime, timedelta

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
    def first(cls) -> sa.Select[tuple[datetime]]:
        """When the log begins."""
        return sa.select(sa.func.min(cls.at))

    @classmethod
    def last_down(cls) -> sa.Select[tuple[list[str]]]:
        """What did not answer at the last look."""
        return sa.select(cls.down).order_by(cls.seq.desc()).limit(1)

    @classmethod
    def telling(
        cls, silence: timedelta, until: datetime
    ) -> sa.Select[tuple[datetime, list[str], int, str, timedelta | None]]:
        """The looks that tell something, oldest first: failed ones, what follows one, the ends of silences.

        Each comes with the time since the look before it: the good ones in between are left out.
        """
        order = [cls.at, cls.seq]
        looks = (
            sa.select(
                cls.at,
                cls.down,
                cls.seq,
                cls.hash,
                (cls.at - sa.func.lag(cls.at).over(order_by=order)).label("rest"),
                (sa.func.lead(cls.at).over(order_by=order) - cls.at).label("ahead"),
                sa.func.lag(cls.down).over(order_by=order).label("before"),
            )
            .where(cls.at <= until)
            .subquery()
        )
        nothing = sa.literal([], looks.c.down.type)
        tells = (
            (looks.c.down != nothing)
            | (looks.c.before != nothing)
            | (looks.c.rest > silence)
            | (looks.c.ahead > silence)
            | looks.c.ahead.is_(None)
        )
        chosen = (looks.c.at, looks.c.down, looks.c.seq, looks.c.hash, looks.c.rest)
        return sa.select(*chosen).where(tells).order_by(looks.c.at, looks.c.seq)
