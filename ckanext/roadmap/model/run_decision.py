"""What people decided on held loads."""

from __future__ import annotations

from typing import Self

import sqlalchemy as sa
from sqlalchemy.orm import Mapped

from ckanext.roadmap.domain.holding import Decision, Side, Word

from .columns import Key, Listing, Words
from .ledger import Chained, LedgerBase


class RunDecisionRow(Chained, LedgerBase):
    """Somebody agreed to just these findings on just this content, or declined it."""

    __tablename__ = "roadmap_run_decision"

    id: Mapped[Key]
    run_id: Mapped[Words]
    mapping_id: Mapped[Words]
    content_hash: Mapped[Words]
    findings: Mapped[Listing]
    word: Mapped[Words]
    side: Mapped[Words]
    reason: Mapped[Words]
    by: Mapped[Words]

    @classmethod
    def of_content(cls, mapping_id: str, content_hash: str) -> sa.Select[tuple[Self]]:
        """What was decided on one content of a mapping, oldest first."""
        found = sa.select(cls).where(cls.mapping_id == mapping_id, cls.content_hash == content_hash)
        return found.order_by(cls.seq)

    def to_record(self) -> Decision:
        """The row as the rule takes it."""
        return Decision(Word(self.word), Side(self.side), self.by, self.recorded_at, self.reason)
