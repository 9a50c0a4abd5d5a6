"""The way of information systems to the portal."""

from __future__ import annotations

from datetime import date
from typing import Self

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from .columns import Key, Words
from .ledger import Chained, LedgerBase


class SystemStepRow(Chained, LedgerBase):
    """A system reached a stage on a day, by an act or a document."""

    __tablename__ = "roadmap_system_step"

    id: Mapped[Key]
    system_id: Mapped[Words]
    stage: Mapped[Words]
    reached: Mapped[date] = mapped_column(sa.Date)
    act: Mapped[Words]
    document_url: Mapped[Words | None]
    by: Mapped[Words]

    @classmethod
    def in_order(cls, system_id: str | None = None) -> sa.Select[tuple[Self]]:
        """The steps of one system, or of all, as they were recorded."""
        found = sa.select(cls).order_by(cls.seq)
        return found if system_id is None else found.where(cls.system_id == system_id)
