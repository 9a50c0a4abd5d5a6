"""Information systems of bodies."""

from __future__ import annotations

from typing import Self

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

import ckan.plugins.toolkit as tk

from .body import Body
from .columns import Document, Key, Listing, Moment, Words


class System(tk.BaseModel):
    """One system of a body; its stage is that of its last step."""

    __tablename__ = "roadmap_system"

    id: Mapped[Key]
    code: Mapped[str] = mapped_column(sa.UnicodeText, unique=True)
    body_id: Mapped[str] = mapped_column(sa.ForeignKey("roadmap_body.id"))
    title: Mapped[Document]
    purpose: Mapped[Document]
    items: Mapped[Listing]
    dbms: Mapped[Words]
    dbms_version: Mapped[Words]
    volume: Mapped[Words]
    personal_data: Mapped[Words]
    network: Mapped[Words]
    contact_name: Mapped[Words]
    contact_phone: Mapped[Words]
    contact_email: Mapped[Words]
    connection: Mapped[Words | None]
    stage: Mapped[Words]
    created_at: Mapped[Moment]
    updated_at: Mapped[Moment]
    updated_by: Mapped[Words]

    @classmethod
    def all_rows(cls) -> sa.Select[tuple[Self, Body]]:
        """Every system with its body, by code."""
        return sa.select(cls, Body).join(Body, Body.id == cls.body_id).order_by(cls.code)

    @classmethod
    def by_code(cls, code: str) -> sa.Select[tuple[Self, Body]]:
        """The system of a code with its body."""
        return cls.all_rows().where(cls.code == code)

    @classmethod
    def lock(cls) -> sa.Select[tuple[None]]:
        """Codes are issued one after another: waits until nobody else issues any."""
        return sa.select(sa.func.pg_advisory_xact_lock(sa.func.hashtext(cls.__tablename__)))
