"""Entries of dockets."""

from __future__ import annotations

from datetime import datetime
from typing import Self

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, aliased, mapped_column

import ckan.plugins.toolkit as tk

from .columns import Document, Key, Moment, Words
from .docket import Docket


class DocketEntry(tk.BaseModel):
    """One matter of a sitting: what is suggested, what the body says, what it costs, and the decision."""

    __tablename__ = "roadmap_docket_entry"

    id: Mapped[Key]
    docket_id: Mapped[str] = mapped_column(sa.ForeignKey("roadmap_docket.id"))
    position: Mapped[int]
    title: Mapped[Document]
    body_id: Mapped[str | None] = mapped_column(sa.ForeignKey("roadmap_body.id"))
    cost: Mapped[Document]
    legal: Mapped[Document]
    deferred_from_id: Mapped[str | None] = mapped_column(sa.ForeignKey("roadmap_docket_entry.id"))
    stance: Mapped[Words | None]
    opinion: Mapped[Document]
    opinion_by: Mapped[Words | None]
    opinion_at: Mapped[datetime | None] = mapped_column(sa.DateTime(timezone=True))
    decision: Mapped[Words | None]
    decision_text: Mapped[Document]
    votes_for: Mapped[int | None]
    votes_against: Mapped[int | None]
    votes_abstained: Mapped[int | None]
    decided_by: Mapped[Words | None]
    decided_at: Mapped[datetime | None] = mapped_column(sa.DateTime(timezone=True))
    item_code: Mapped[Words | None]
    created_at: Mapped[Moment]

    @classmethod
    def of_docket(cls, docket_id: str) -> sa.Select[tuple[Self]]:
        """The entries of a docket, in its order."""
        return sa.select(cls).where(cls.docket_id == docket_id).order_by(cls.position)

    @classmethod
    def of_dockets(cls, docket_ids: list[str]) -> sa.Select[tuple[Self]]:
        """The entries of some dockets, in their order."""
        return sa.select(cls).where(cls.docket_id.in_(docket_ids)).order_by(cls.position)

    @classmethod
    def numbers(cls, ids: list[str]) -> sa.Select[tuple[str, str, int]]:
        """Id, number of the docket, and place in it of some entries."""
        return sa.select(cls.id, Docket.number, cls.position).join(Docket).where(cls.id.in_(ids))

    @classmethod
    def carried_over(cls, id: str) -> sa.Select[tuple[Self]]:
        """The entries of later dockets that take a deferred entry up again."""
        return sa.select(cls).where(cls.deferred_from_id == id)

    @classmethod
    def waiting(cls) -> sa.Select[tuple[Self, str]]:
        """Deferred entries that no later docket took up, with the number of their docket, oldest first."""
        later = aliased(cls)
        taken_up = sa.exists().where(later.deferred_from_id == cls.id)
        return (
            sa.select(cls, Docket.number)
            .join(Docket, Docket.id == cls.docket_id)
            .where(cls.decision == "defer", ~taken_up)
            .order_by(Docket.sitting_date, Docket.number, cls.position)
        )
