"""Links from obligations to datasets: proposed, and confirmed or declined by a person."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any, Self

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import InstrumentedAttribute, Mapped, mapped_column

import ckan.plugins.toolkit as tk

from ckanext.roadmap.domain.publication import LinkState

from .columns import Document, Key, Moment, Words


class Publication(tk.BaseModel):
    """Says that a dataset (or one resource of it) answers an obligation."""

    __tablename__ = "roadmap_publication"

    id: Mapped[Key]
    obligation_id: Mapped[str] = mapped_column(sa.ForeignKey("roadmap_obligation.id"))
    dataset_id: Mapped[Words]
    resource_id: Mapped[Words | None]
    place: Mapped[Words]
    how: Mapped[Words]
    proposed_at: Mapped[Moment]
    proposed_by: Mapped[Words]
    confirmed_at: Mapped[Moment | None]
    confirmed_by: Mapped[Words | None]
    declined_at: Mapped[Moment | None]
    declined_by: Mapped[Words | None]
    revoked_at: Mapped[Moment | None]
    revoked_by: Mapped[Words | None]
    reason: Mapped[Words | None]
    scores: Mapped[Document | None] = mapped_column(JSONB(none_as_null=True))
    fingerprint: Mapped[Words | None]

    @property
    def state(self) -> LinkState:
        """Where the link stands."""
        return LinkState.of(self.confirmed_at, self.declined_at, self.revoked_at)

    @classmethod
    def standing(cls, obligation_id: str, dataset_id: str, place: str) -> sa.Select[tuple[Self]]:
        """The link that stands, or is proposed, between an obligation and a dataset at a place."""
        return sa.select(cls).where(
            cls.obligation_id == obligation_id,
            cls.dataset_id == dataset_id,
            cls.place == place,
            cls.revoked_at.is_(None),
            cls.declined_at.is_(None),
        )

    @classmethod
    def confirmed(cls, obligation_ids: list[str] | None = None) -> sa.Select[tuple[Self]]:
        """Confirmed links, of these obligations or of all, oldest first."""
        found = sa.select(cls).where(cls.confirmed_at.is_not(None)).order_by(cls.confirmed_at, cls.id)
        return found if obligation_ids is None else found.where(cls.obligation_id.in_(obligation_ids))

    @classmethod
    def is_in(cls, state: LinkState, at: datetime | None = None) -> sa.ColumnElement[bool]:
        """The condition that a link is in a state, now or as was known at a past instant."""

        def done(moment: InstrumentedAttribute[Any]) -> sa.ColumnElement[bool]:
            known = moment.is_not(None)
            return known if at is None else known & (moment <= at)

        revoked, declined, confirmed = done(cls.revoked_at), done(cls.declined_at), done(cls.confirmed_at)
        return {
            LinkState.revoked: revoked,
            LinkState.declined: ~revoked & declined,
            LinkState.confirmed: ~revoked & ~declined & confirmed,
            LinkState.proposed: ~revoked & ~declined & ~confirmed & done(cls.proposed_at),
        }[state]

    @classmethod
    def rank(cls) -> sa.ColumnElement[float]:
        """How near a proposal is; one that a person or a passport made comes before all scores."""
        return sa.func.coalesce(cls.scores["total"].as_float(), 1.0)

    @classmethod
    def refused(cls, dataset_ids: Collection[str]) -> sa.Select[tuple[Self]]:
        """What a person declined, or revoked, of these datasets."""
        return sa.select(cls).where(
            cls.dataset_id.in_(dataset_ids), cls.is_in(LinkState.declined) | cls.is_in(LinkState.revoked)
        )

    @classmethod
    def machine_proposals(cls, dataset_ids: Collection[str]) -> sa.Select[tuple[Self]]:
        """What the matcher proposed for these datasets and nobody has decided."""
        return sa.select(cls).where(
            cls.dataset_id.in_(dataset_ids), cls.how == "matcher", cls.is_in(LinkState.proposed)
        )
