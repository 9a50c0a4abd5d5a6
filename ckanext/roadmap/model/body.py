"""The register of obliged bodies."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Self

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

import ckan.plugins.toolkit as tk

from .columns import Document, Key, Moment, Words


class Body(tk.BaseModel):
    """An obliged organisation: a CKAN organization with its code, kind, parent and dates."""

    __tablename__ = "roadmap_body"

    id: Mapped[Key]
    organization_id: Mapped[Words]
    name: Mapped[Words]
    code: Mapped[Words]
    stir: Mapped[Words | None]
    title: Mapped[Document]
    kind: Mapped[Words]
    parent_id: Mapped[str | None] = mapped_column(sa.ForeignKey("roadmap_body.id"))
    region_soato: Mapped[Words | None]
    state_share: Mapped[Decimal | None] = mapped_column(sa.Numeric(5, 2))
    contact: Mapped[Document | None]
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]
    recorded_at: Mapped[Moment]

    @classmethod
    def select_all(cls) -> sa.Select[tuple[Self]]:
        """Every body, by code."""
        return sa.select(cls).order_by(cls.code)

    @classmethod
    def by_name(cls, name: str) -> sa.Select[tuple[Self]]:
        """The body of that name (the name of its CKAN organization)."""
        return sa.select(cls).where(cls.name == name)

    @classmethod
    def of_ids(cls, ids: Iterable[str]) -> sa.Select[tuple[Self]]:
        """The bodies of some ids."""
        return sa.select(cls).where(cls.id.in_(list(ids)))

    @classmethod
    def by_organization(cls, organization_id: str) -> sa.Select[tuple[Self]]:
        """The body that stands on a CKAN organization."""
        return sa.select(cls).where(cls.organization_id == organization_id)
