"""What people say to a suggestion."""

from __future__ import annotations

from typing import Self

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

import ckan.plugins.toolkit as tk

from .columns import Key, Moment, Words


class SuggestionComment(tk.BaseModel):
    """A comment by a user or a confirmed address; a hidden one keeps the reason in its place."""

    __tablename__ = "roadmap_suggestion_comment"

    id: Mapped[Key]
    suggestion_id: Mapped[str] = mapped_column(sa.ForeignKey("roadmap_suggestion.id"))
    text: Mapped[Words]
    role: Mapped[Words]
    user_id: Mapped[Words | None]
    email: Mapped[Words | None]
    lang: Mapped[Words]
    created_at: Mapped[Moment]
    confirmed_at: Mapped[Moment | None]
    hidden_at: Mapped[Moment | None]
    hidden_by: Mapped[Words | None]
    hidden_reason: Mapped[Words | None]

    @classmethod
    def of(cls, suggestion_id: str) -> sa.Select[tuple[Self]]:
        """The confirmed comments on a suggestion, oldest first."""
        return (
            sa.select(cls)
            .where(cls.suggestion_id == suggestion_id, cls.confirmed_at.is_not(None))
            .order_by(cls.created_at, cls.id)
        )
