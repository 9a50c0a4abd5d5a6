"""What repairs would have raised at a past instant, kept so that nobody waits for it twice."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, mapped_column

import ckan.plugins.toolkit as tk

from .columns import Key, Moment, QuickJSON, Words, new_id


class PastOutlook(tk.BaseModel):
    """The shares of some obligations at an instant, and what the repair of each would have raised them by.

    What is owed at an instant is counted part by part, in one order: `place` obligations come before those
    of a part, which is about `done` of all that are `owed`. `rows`: for each obligation its id, body, item,
    sphere and twelve numbers, as `SheetRow.outlook` has them. `basis`: what it was made by.
    """

    __tablename__ = "roadmap_past_outlook"
    __table_args__ = (sa.UniqueConstraint("basis", "at", "place"),)

    id: Mapped[Key]
    basis: Mapped[Words]
    at: Mapped[Moment]
    made_at: Mapped[Moment]
    place: Mapped[int]
    done: Mapped[int]
    owed: Mapped[int]
    rows: Mapped[list[Any]] = mapped_column(QuickJSON, deferred=True)

    @classmethod
    def parts(cls, basis: str, at: datetime) -> sa.Select[Any]:
        """The parts of an instant without their rows, in their order."""
        query = sa.select(cls.id, cls.made_at, cls.place, cls.done, cls.owed)
        return query.where(cls.basis == basis, cls.at == at).order_by(cls.place)

    @classmethod
    def unfinished(cls, basis: str) -> sa.Select[tuple[datetime]]:
        """The instants of which not all is counted yet, the one begun first in front."""
        query = sa.select(cls.at).where(cls.basis == basis).group_by(cls.at)
        return query.having(sa.func.sum(cls.done) < sa.func.max(cls.owed)).order_by(sa.func.min(cls.made_at))

    @classmethod
    def put(cls, **values: Any) -> sa.Insert:
        """Keep a part; whoever counted it at the same time found the same."""
        return insert(cls).values(id=new_id(), **values).on_conflict_do_nothing()

    @classmethod
    def forget(cls, basis: str, at: datetime) -> sa.Delete:
        """Delete the parts of an instant."""
        return sa.delete(cls).where(cls.basis == basis, cls.at == at)

    @classmethod
    def keep(cls, count: int) -> sa.Delete:
        """Delete all but the newest instants."""
        newest = sa.select(cls.at).group_by(cls.at).order_by(sa.func.max(cls.made_at).desc(), cls.at)
        return sa.delete(cls).where(cls.at.not_in(newest.limit(count)))
