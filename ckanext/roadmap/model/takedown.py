"""Takedowns of personal data."""

from __future__ import annotations

from typing import Self

import sqlalchemy as sa
from sqlalchemy.orm import Mapped

from ckanext.roadmap.domain.takedown import Step

from .columns import Key, Words
from .ledger import Chained, LedgerBase
from .takedown_step import TakedownStepRow


class TakedownRow(Chained, LedgerBase):
    """The data of one resource were hidden, by whom and why; it stands until a step ends it."""

    __tablename__ = "roadmap_takedown"

    id: Mapped[Key]
    dataset_id: Mapped[Words]
    resource_id: Mapped[Words]
    was_private: Mapped[bool]
    reason: Mapped[Words]
    by: Mapped[Words]

    @classmethod
    def newest_first(cls) -> sa.Select[tuple[Self]]:
        """All takedowns."""
        return sa.select(cls).order_by(cls.seq.desc())

    @classmethod
    def standing(cls) -> sa.Select[tuple[Self]]:
        """Takedowns whose data are out of reach, oldest first."""
        ended = sa.select(TakedownStepRow.takedown_id).where(
            TakedownStepRow.kind.in_([Step.dismissed, Step.reinstated])
        )
        return sa.select(cls).where(cls.id.not_in(ended)).order_by(cls.seq)
