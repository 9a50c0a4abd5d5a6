"""Who stands behind a suggestion beside its author."""

from __future__ import annotations

from typing import Self

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

import ckan.plugins.toolkit as tk

from .columns import Key, Moment, Words


class SuggestionSecond(tk.BaseModel):
    """One person's voice for a suggestion, once: a user, or the keyed hash of a confirmed address.

    The address itself is kept only until it is confirmed. `carried_from_id` names the suggestion that
    the voice was given to before a merger.
    """

    __tablename__ = "roadmap_suggestion_second"
    __table_args__ = (sa.UniqueConstraint("suggestion_id", "voice"),)

    id: Mapped[Key]
    suggestion_id: Mapped[str] = mapped_column(sa.ForeignKey("roadmap_suggestion.id"))
    voice: Mapped[Words]
    email: Mapped[Words | None]
    lang: Mapped[Words]
    created_at: Mapped[Moment]
    confirmed_at: Mapped[Moment | None]
    carried_from_id: Mapped[str | None] = mapped_column(sa.ForeignKey("roadmap_suggestion.id"))

    @classmethod
    def of(cls, suggestion_id: str) -> sa.Select[tuple[Self]]:
        """The confirmed voices for a suggestion."""
        return sa.select(cls).where(cls.suggestion_id == suggestion_id, cls.confirmed_at.is_not(None))

    @classmethod
    def of_voice(cls, suggestion_id: str, voice: str) -> sa.Select[tuple[Self]]:
        """What one person has said for a suggestion, confirmed or not."""
        return sa.select(cls).where(cls.suggestion_id == suggestion_id, cls.voice == voice)

    @classmethod
    def counts(cls) -> sa.Select[tuple[str, int]]:
        """How many voices each suggestion has."""
        return (
            sa.select(cls.suggestion_id, sa.func.count())
            .where(cls.confirmed_at.is_not(None))
            .group_by(cls.suggestion_id)
        )
