"""When, and by which list version, an obligation is in force."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Self

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
    """One span of an obligation under one list version, in which one body held it."""

    __tablename__ = "roadmap_obligation_term"

    id: Mapped[Key]
    obligation_id: Mapped[str] = mapped_column(sa.ForeignKey("roadmap_obligation.id"))
    list_version_id: Mapped[str] = mapped_column(sa.ForeignKey("roadmap_list_version.id"))
    revision_id: Mapped[str] = mapped_column(sa.ForeignKey("roadmap_item_revision.id"))
    body_id: Mapped[str] = mapped_column(sa.ForeignKey("roadmap_body.id"))
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
    def order(cls) -> tuple[sa.ColumnExpressionArgument[Any], ...]:
        """Of the spans of an obligation, oldest first; of two that begin at once the one that ended."""
        return cls.in_force_from, cls.recorded_at, cls.in_force_to.nulls_last(), cls.id

    @classmethod
    def all_rows(cls) -> sa.Select[tuple[Self, ItemRevision, Item, ListVersion, Body]]:
        """Every span with its words and the body that held it, an obligation's oldest first."""
        return (
            sa.select(cls, ItemRevision, Item, ListVersion, Body)
            .join(Obligation, Obligation.id == cls.obligation_id)
            .join(ItemRevision, ItemRevision.id == cls.revision_id)
            .join(Item, Item.id == Obligation.item_id)
            .join(ListVersion, ListVersion.id == cls.list_version_id)
            .join(Body, Body.id == cls.body_id)
            .order_by(*cls.order())
        )

    @classmethod
    def open_of_body(cls, body_id: str) -> sa.Select[tuple[Self, Obligation]]:
        """The open spans in which a body holds obligations, in the order of the list."""
        return (
            sa.select(cls, Obligation)
            .join(Obligation, Obligation.id == cls.obligation_id)
            .join(ItemRevision, ItemRevision.id == cls.revision_id)
            .where(Obligation.body_id == body_id, cls.in_force_to.is_(None))
            .order_by(ItemRevision.position, cls.id)
        )

    @classmethod
    def count_of_body(cls, bodies: sa.Select[tuple[Body]]) -> sa.Select[tuple[int]]:
        """How many obligations the bodies of a query carry or once carried, in force or not."""
        ids = bodies.with_only_columns(Body.id).order_by(None)
        return sa.select(sa.func.count(cls.obligation_id.distinct())).where(cls.body_id.in_(ids))

    @classmethod
    def holders(cls, list_version_id: str, as_of: datetime) -> sa.Select[tuple[str, str]]:
        """Revision and name of each body that holds an obligation of a version, by what was known at a time.

        A span that ended before its list did was taken over by a successor, or ended with its body.
        """
        lasts = cls.in_force_to.is_not_distinct_from(ListVersion.in_force_to)
        return (
            sa.select(cls.revision_id, Body.name)
            .join(Body, Body.id == cls.body_id)
            .join(ListVersion, ListVersion.id == cls.list_version_id)
            .where(cls.list_version_id == list_version_id, cls.recorded_at <= as_of)
            .where(sa.or_(lasts, cls.ended_at > as_of))
            .order_by(Body.code)
        )

    @classmethod
    def ever_held_by(cls, name: str) -> sa.Select[tuple[str]]:
        """Ids of the obligations that the body of a name holds or once held."""
        return sa.select(cls.obligation_id).join(Body, Body.id == cls.body_id).where(Body.name == name)

    @classmethod
    def end_others(cls, list_version_id: str, at: date, now: datetime) -> sa.Update:
        """Ends, on a day, the open spans of every other list version."""
        return (
            sa.update(cls)
            .where(cls.list_version_id != list_version_id, cls.in_force_to.is_(None))
            .values(in_force_to=at, ended_at=now)
        )
