"""What the registers that the status rule reads held at a time; append-only."""

from __future__ import annotations

from sqlalchemy.orm import Mapped

from .columns import Document, Key, Words
from .ledger import Chained, LedgerBase


class SealRow(Chained, LedgerBase):
    """One row of a register (its table and id), as it stood at `recorded_at`."""

    __tablename__ = "roadmap_seal"

    id: Mapped[Key]
    register: Mapped[Words]
    subject: Mapped[Words]
    content: Mapped[Document]
