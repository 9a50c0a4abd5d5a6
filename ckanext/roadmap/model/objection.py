"""Objections: a body disputes a deadline's status."""

from __future__ import annotations

from typing import Self

import sqlalchemy as sa
from sqlalchemy.orm import Mapped

from .columns import Key, Moment, Words
from .deadline import DeadlineRow
from .ledger import Chained, LedgerBase
from .ruling import RulingRow


class ObjectionRow(Chained, LedgerBase):
    """States whose fault it was, with evidence; it is open until a ruling is recorded."""

    __tablename__ = "roadmap_objection"
    LATER = frozenset({"rule_by"})

    id: Mapped[Key]
    deadline_id: Mapped[Words]
    fault: Mapped[Words]
    text: Mapped[Words]
    evidence_url: Mapped[Words | None]
    by: Mapped[Words]
    rule_by: Mapped[Moment | None]

    @classmethod
    def of_obligations(cls, obligation_ids: list[str]) -> sa.Select[tuple[Self, RulingRow]]:
        """The objections to these obligations' deadlines with their rulings (None: open), oldest first."""
        return (
            sa.select(cls, RulingRow)
            .join(DeadlineRow, DeadlineRow.id == cls.deadline_id)
            .outerjoin(RulingRow, RulingRow.objection_id == cls.id)
            .where(DeadlineRow.obligation_id.in_(obligation_ids))
            .order_by(cls.seq)
        )

    @classmethod
    def open_on(cls, deadline_id: str) -> sa.Select[tuple[Self]]:
        """The objections to a deadline that wait for a ruling."""
        ruled = sa.select(RulingRow.objection_id)
        return sa.select(cls).where(cls.deadline_id == deadline_id, cls.id.not_in(ruled))
