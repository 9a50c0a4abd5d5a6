"""What authors are told: shown in the portal, and sent by mail."""

from __future__ import annotations

from typing import Self

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, aliased, mapped_column

from .columns import Moment, Words
from .letter_notice import LetterNotice
from .suggestion import Suggestion
from .suggestion_event import SuggestionEventRow


class SuggestionNotice(LetterNotice):
    """One step told to one author; `author_of_id` names the suggestion that he or she made."""

    __tablename__ = "roadmap_suggestion_notice"
    __table_args__ = (sa.UniqueConstraint("event_id", "author_of_id"),)

    suggestion_id: Mapped[str] = mapped_column(sa.ForeignKey("roadmap_suggestion.id"))
    author_of_id: Mapped[str] = mapped_column(sa.ForeignKey("roadmap_suggestion.id"))
    event_id: Mapped[Words]
    state: Mapped[Words]
    reason: Mapped[Words]
    seen_at: Mapped[Moment | None]

    @classmethod
    def unsent_ids(cls, attempts: int) -> sa.Select[tuple[str]]:
        """As any notice's, in the order of the steps that they tell."""
        found = super().unsent_ids(attempts).join(SuggestionEventRow, SuggestionEventRow.id == cls.event_id)
        return found.order_by(None).order_by(SuggestionEventRow.seq, cls.id)

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
