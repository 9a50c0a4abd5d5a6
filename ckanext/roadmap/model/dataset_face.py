"""How datasets were shown: names, resources, whether they were public; from each change on; append-only."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Self

import sqlalchemy as sa
from sqlalchemy.orm import Mapped

from ckanext.roadmap.domain.takedown import Step

from .columns import Document, Key, Listing, Words
from .ledger import Chained, LedgerBase
from .takedown import TakedownRow
from .takedown_step import TakedownStepRow


class DatasetFaceRow(Chained, LedgerBase):
    """A dataset as it is shown from `recorded_at` on; the first one of a dataset, as it was before."""

    __tablename__ = "roadmap_dataset_face"

    id: Mapped[Key]
    dataset_id: Mapped[Words]
    organization_id: Mapped[Words | None]
    name: Mapped[Words]
    title: Mapped[Document]
    is_public: Mapped[bool]
    resources: Mapped[Listing]

    @classmethod
    def newest(cls, dataset_id: str) -> sa.Select[tuple[Self]]:
        """The last one of a dataset."""
        return sa.select(cls).where(cls.dataset_id == dataset_id).order_by(cls.seq.desc()).limit(1)

    @classmethod
    def overtaken(cls, as_of: datetime, dataset_ids: Collection[str] | None = None) -> sa.Select[tuple[Self]]:
        """All that is kept of the datasets that changed after a time, oldest first.

        Not of those in which personal data were found since: what they were called may be a part of it.
        """
        later = sa.select(cls.dataset_id).where(cls.recorded_at > as_of)
        dismissed = sa.select(TakedownStepRow.takedown_id).where(TakedownStepRow.kind == Step.dismissed)
        taken = sa.select(TakedownRow.dataset_id).where(
            TakedownRow.recorded_at > as_of, TakedownRow.id.not_in(dismissed)
        )
        query = sa.select(cls).where(cls.dataset_id.in_(later), cls.dataset_id.not_in(taken))
        if dataset_ids is not None:
            query = query.where(cls.dataset_id.in_(dataset_ids))
        return query.order_by(cls.seq)
