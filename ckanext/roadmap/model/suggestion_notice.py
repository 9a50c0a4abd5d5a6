"""What authors are told: shown in the portal, and sent by mail."""

from __future__ import annotations

from typing import Self

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, aliased, mapped_column

import ckan.plugins.toolkit as tk

from .columns import Key, Moment, Words
from .suggestion import Suggestion
from .suggestion_event import SuggestionEventRow


class SuggestionNotice(tk.BaseModel):
    """One step told to one author; `author_of_id` names the suggestion that he or she made.

    It holds no address: who it goes to is read when it is sent.
    """

    __tablename__ = "roadmap_suggestion_notice"
    __table_args__ = (sa.UniqueConstraint("event_id", "author_of_id"),)

    id: Mapped[Key]
    suggestion_id: Mapped[str] = mapped_column(sa.ForeignKey("roadmap_suggestion.id"))
    author_of_id: Mapped[str] = mapped_column(sa.ForeignKey("roadmap_suggestion.id"))
    event_id: Mapped[Words]
    state: Mapped[Words]
    reason: Mapped[Words]
    created_at: Mapped[Moment]
    seen_at: Mapped[Moment | None]
    mailed_at: Mapped[Moment | None]
    attempts: Mapped[int] = mapped_column(default=0)

    @classmethod
    def unsent_ids(cls, attempts: int) -> sa.Select[tuple[str]]:
        """Ids of the notices that no mail has carried yet, but of those that failed too often."""
        return (
            sa.select(cls.id)
            .join(SuggestionEventRow, SuggestionEventRow.id == cls.event_id)
            .where(cls.mailed_at.is_(None), cls.attempts < attempts)
            .order_by(SuggestionEventRow.seq, cls.id)
        )

    @classmethod
    def taken(cls, id_: str) -> sa.Select[tuple[Self]]:
        """The notice, unless it was sent meanwhile or another worker is about to: held until the commit."""
        return (
            sa.select(cls)
            .where(cls.id == id_, cls.mailed_at.is_(None))
            .with_for_update(skip_locked=True)
            .execution_options(populate_existing=True)
        )

    @classmethod
    def to_user(cls, user_id: str) -> sa.Select[tuple[Self, Suggestion]]:
        """What a user was told, newest first, with the suggestion that it is about."""
        author_of = aliased(Suggestion)
        return (
            sa.select(cls, Suggestion)
            .join(Suggestion, Suggestion.id == cls.suggestion_id)
            .join(author_of, author_of.id == cls.author_of_id)
            .join(SuggestionEventRow, SuggestionEventRow.id == cls.event_id)
            .where(author_of.author_user_id == user_id)
            .order_by(SuggestionEventRow.seq.desc(), cls.id)
        )
