"""Exemptions: decisions that free deadlines."""

from __future__ import annotations

from datetime import date
from typing import Self

import sqlalchemy as sa
from sqlalchemy.orm import Mapped

from .columns import Document, Key, Moment, Words
from .exemption_revocation import ExemptionRevocationRow
from .ledger import Chained, LedgerBase


class ExemptionRow(Chained, LedgerBase):
    """Frees one deadline, or those that fall due between two instants (of a body, of an item, or all)."""

    __tablename__ = "roadmap_exemption"
    LATER = frozenset({"outage_since", "outage_until", "proof"})

    id: Mapped[Key]
    deadline_id: Mapped[Words | None]
    body_id: Mapped[Words | None]
    item_id: Mapped[Words | None]
    since: Mapped[Moment | None]
    until: Mapped[Moment | None]
    decision_number: Mapped[Words]
    decision_date: Mapped[date]
    document_url: Mapped[Words | None]
    reason: Mapped[Words]
    by: Mapped[Words]
    outage_since: Mapped[Moment | None]
    outage_until: Mapped[Moment | None]
    proof: Mapped[Document | None]

    @classmethod
    def alike(cls, row: ExemptionRow) -> sa.Select[tuple[str]]:
        """The ids of those that stand, rest on the same decision and free the same."""
        same = ("deadline_id", "body_id", "item_id", "since", "until", "decision_number", "decision_date")
        revoked = sa.select(ExemptionRevocationRow.exemption_id)
        equal = (getattr(cls, name).is_not_distinct_from(getattr(row, name)) for name in same)
        return sa.select(cls.id).where(*equal, cls.id.not_in(revoked))

    @classmethod
    def with_revocations(cls) -> sa.Select[tuple[Self, ExemptionRevocationRow]]:
        """Every exemption with its revocation (None of one that stands), oldest first."""
        revocation = ExemptionRevocationRow
        return (
            sa.select(cls, revocation)
            .outerjoin(revocation, revocation.exemption_id == cls.id)
            .order_by(cls.seq)
        )
