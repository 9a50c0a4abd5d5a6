"""What the country came to at the end of a past day, in parts that can be added."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

import ckan.plugins.toolkit as tk

from .columns import QuickJSON


class DaySum(tk.BaseModel):
    """Sums of stored results as of `at`: they hold while the results of that time are what they were."""

    __tablename__ = "roadmap_day_sum"

    at: Mapped[datetime] = mapped_column(sa.DateTime(timezone=True), primary_key=True)
    shape: Mapped[int]
    content: Mapped[dict[str, Any]] = mapped_column(QuickJSON, deferred=True)

    @classmethod
    def instants(cls, shape: int, since: datetime, until: datetime) -> sa.Select[tuple[datetime]]:
        """Of which instants between two sums are kept."""
        return sa.select(cls.at).where(cls.shape == shape, cls.at >= since, cls.at <= until)

    @classmethod
    def among(cls, shape: int, instants: Collection[datetime]) -> sa.Select[tuple[datetime]]:
        """Of which of these instants sums are kept."""
        return sa.select(cls.at).where(cls.shape == shape, cls.at.in_(instants))

    @classmethod
    def newest(cls) -> sa.Select[tuple[datetime | None]]:
        """The last instant of which any are kept."""
        return sa.select(sa.func.max(cls.at))

    @classmethod
    def forget(cls, since: datetime) -> sa.Delete:
        """Delete those from an instant on: results of that time are no longer what they were."""
        return sa.delete(cls).where(cls.at >= since)
