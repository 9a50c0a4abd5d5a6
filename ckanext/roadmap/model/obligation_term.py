"""When, and by which list version, an obligation is in force."""

from __future__ import annotations

from datetime import date, datetime
from typing import Self

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

import ckan.plugins.toolkit as tk

from .body import Body
from .columns import Key, Moment
from .item import Item
from .item_revision import ItemRevision
from .list_version import ListVersion
from .obligation import Obligation


class ObligationTerm(tk.BaseModel):
    """One span of an obligation under one list version."""

    __tablename__ = "roadmap_obligation_term"

    id: Mapped[Key]
    obligation_id: Mapped[str] = mapped_column(sa.ForeignKey("roadmap_obligation.id"))
    list_version_id: Mapped[str] = mapped_column(sa.ForeignKey("roadmap_list_version.id"))
    revision_id: Mapped[str] = mapped_column(sa.ForeignKey("roadmap_item_revision.id"))
    in_force_from: Mapped[date]
    in_force_to: Mapped[date | None]
    recorded_at: Mapped[Moment]
    ended_at: Mapped[Moment | None]

    @classmethod
    def open_rows(cls) -> sa.Select[tuple[Self, Obligation, ItemRevision, Item, ListVersion]]:
        """Spans without an end, with all that says what they ask for."""
        return (
            sa.select(cls, Obligation, ItemRevision, Item, ListVersion)
            .join(Obligation, Obligation.id == cls.obligation_id)
            .join(ItemRevision, ItemRevision.id == cls.revision_id)
            .join(Item, Item.id == Obligation.item_id)
            .join(ListVersion, ListVersion.id == cls.list_version_id)
            .where(cls.in_force_to.is_(None))
            .order_by(ItemRevision.position, Obligation.body_id)
        )

    @classmethod
    def all_rows(cls) -> sa.Select[tuple[Self, ItemRevision, Item, ListVersion, Body]]:
        """Every span with its words and its body, in the list's order, an obligation's oldest first."""
        return (
            sa.select(cls, ItemRevision, Item, ListVersion, Body)
            .join(Obligation, Obligation.id == cls.obligation_id)
            .join(ItemRevision, ItemRevision.id == cls.revision_id)
            .join(Item, Item.id == Obligation.item_id)
            .join(ListVersion, ListVersion.id == cls.list_version_id)
            .join(Body, Body.id == Obligation.body_id)
            .order_by(Item.code, Body.code, cls.in_force_from)
        )

    @classmethod
    def end_others(cls, list_version_id: str, at: date, now: datetime) -> sa.Update:
        """Ends, on a day, the open spans of every other list version."""
        return (
            sa.update(cls)
            .where(cls.list_version_id != list_version_id, cls.in_force_to.is_(None))
            .values(in_force_to=at, ended_at=now)
        )
