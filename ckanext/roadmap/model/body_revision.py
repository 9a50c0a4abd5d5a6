"""What bodies were called and were, each from a day on; append-only."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from typing import Self

import sqlalchemy as sa
from sqlalchemy.orm import Mapped

from .body import Body
from .columns import Document, Key, Words
from .ledger import Chained, LedgerBase


class BodyRevisionRow(Chained, LedgerBase):
    """A body as it stands from `effective` on (None: from its beginning); persons are left out."""

    __tablename__ = "roadmap_body_revision"

    id: Mapped[Key]
    body_id: Mapped[Words]
    effective: Mapped[date | None]
    attributes: Mapped[Document]
    act: Mapped[Words | None]
    by: Mapped[Words]

    @classmethod
    def of_bodies(cls, body_ids: Collection[str]) -> sa.Select[tuple[Self]]:
        """The revisions of these bodies, oldest first."""
        return sa.select(cls).where(cls.body_id.in_(body_ids)).order_by(cls.seq)

    @classmethod
    def overtaken(cls, day: date, as_of: datetime) -> sa.Select[tuple[Self, str]]:
        """The revisions of bodies that changed after a day, or by a later record; oldest first.

        With the ids of the bodies' organizations.
        """
        later = sa.select(cls.body_id).where(sa.or_(cls.recorded_at > as_of, cls.effective > day))
        return (
            sa.select(cls, Body.organization_id)
            .join(Body, Body.id == cls.body_id)
            .where(cls.body_id.in_(later))
            .order_by(cls.seq)
        )
