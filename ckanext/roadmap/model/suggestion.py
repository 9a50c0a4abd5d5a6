"""Suggestions of datasets: the box that citizens and ratings fill."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Self

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

import ckan.plugins.toolkit as tk

from .columns import Key, Moment, Words


class Suggestion(tk.BaseModel):
    """A dataset somebody asks for; its number is issued when it opens, and never again."""

    __tablename__ = "roadmap_suggestion"

    id: Mapped[Key]
    number: Mapped[str | None] = mapped_column(sa.UnicodeText, unique=True)
    title: Mapped[Words]
    what: Mapped[Words]
    why: Mapped[Words]
    holder_text: Mapped[Words]
    body_id: Mapped[str | None] = mapped_column(sa.ForeignKey("roadmap_body.id"))
    indicator: Mapped[Words | None]
    origin: Mapped[Words]
    author_user_id: Mapped[Words | None]
    author_email: Mapped[Words | None]
    lang: Mapped[Words]
    state: Mapped[Words]
    merged_into_id: Mapped[str | None] = mapped_column(sa.ForeignKey("roadmap_suggestion.id"))
    created_at: Mapped[Moment]
    opened_at: Mapped[Moment | None]
    decided_at: Mapped[Moment | None]
    published_at: Mapped[Moment | None]
    answer: Mapped[Words | None]
    item_code: Mapped[Words | None]
    hidden_reason: Mapped[Words | None]

    @classmethod
    def by_number(cls, number: str) -> sa.Select[tuple[Self]]:
        """The suggestion of that number."""
        return sa.select(cls).where(cls.number == number)

    @classmethod
    def public(cls) -> sa.Select[tuple[Self]]:
        """All suggestions that have been opened, newest first."""
        return sa.select(cls).where(cls.number.is_not(None)).order_by(cls.number.desc())

    @classmethod
    def in_states(cls, states: Collection[str]) -> sa.Select[tuple[Self]]:
        """The suggestions in any of these states, oldest first."""
        return sa.select(cls).where(cls.state.in_([*states])).order_by(cls.created_at, cls.id)

    @classmethod
    def of_origin(cls, origin: str) -> sa.Select[tuple[Self]]:
        """The suggestions of one origin, oldest first."""
        return sa.select(cls).where(cls.origin == origin).order_by(cls.created_at, cls.id)

    @classmethod
    def merged_into(cls, suggestion_id: str) -> sa.Select[tuple[Self]]:
        """The suggestions that live on in another."""
        return sa.select(cls).where(cls.merged_into_id == suggestion_id).order_by(cls.number)

    @classmethod
    def numbers(cls, year: int) -> sa.Select[tuple[str | None]]:
        """The numbers issued in a year."""
        return sa.select(cls.number).where(cls.number.startswith(f"{year}-"))

    @classmethod
    def expired(cls, before: datetime) -> sa.Select[tuple[Self]]:
        """Suggestions that nobody confirmed in time."""
        return sa.select(cls).where(cls.state == "unconfirmed", cls.created_at < before)

    @classmethod
    def lock(cls) -> sa.Select[tuple[None]]:
        """Makes writers of the box wait for one another until the end of the transaction."""
        return sa.select(sa.func.pg_advisory_xact_lock(sa.func.hashtext(cls.__tablename__)))
