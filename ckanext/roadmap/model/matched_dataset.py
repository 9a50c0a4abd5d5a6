"""Which datasets the matcher has looked at, and what they were like."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Self

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

import ckan.plugins.toolkit as tk

from .columns import Moment, Words


class MatchedDataset(tk.BaseModel):
    """One dataset as the matcher saw it last; it need not be looked at again until it changes.

    modified_at - as CKAN keeps it: in UTC, without saying so
    owed_at     - since when the obligations stand that it was compared with
    """

    __tablename__ = "roadmap_matched_dataset"

    dataset_id: Mapped[str] = mapped_column(sa.UnicodeText, primary_key=True)
    fingerprint: Mapped[Words]
    modified_at: Mapped[datetime]
    owed_at: Mapped[Moment | None]

    @classmethod
    def of(cls, dataset_ids: Collection[str]) -> sa.Select[tuple[Self]]:
        """The rows of these datasets."""
        return sa.select(cls).where(cls.dataset_id.in_(dataset_ids))
