"""Which suggestions an entry of a docket speaks of."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

import ckan.plugins.toolkit as tk

from .columns import Key
from .docket import Docket
from .docket_entry import DocketEntry
from .suggestion import Suggestion


class DocketSuggestion(tk.BaseModel):
    """One suggestion in one entry; a deferred one stands in a later docket again."""

    __tablename__ = "roadmap_docket_suggestion"
    __table_args__ = (sa.UniqueConstraint("entry_id", "suggestion_id"),)

    id: Mapped[Key]
    entry_id: Mapped[str] = mapped_column(sa.ForeignKey("roadmap_docket_entry.id"))
    suggestion_id: Mapped[str] = mapped_column(sa.ForeignKey("roadmap_suggestion.id"))

    @classmethod
    def of_entries(cls, entry_ids: list[str]) -> sa.Select[tuple[str, Suggestion]]:
        """The suggestions of some entries, by number."""
        return (
            sa.select(cls.entry_id, Suggestion)
            .join(Suggestion, Suggestion.id == cls.suggestion_id)
            .where(cls.entry_id.in_(entry_ids))
            .order_by(Suggestion.number)
        )

    @classmethod
    def undecided(cls, suggestion_id: str) -> sa.Select[tuple[str, str]]:
        """Number of the docket and id of the entry in which a suggestion waits for its decision."""
        return (
            sa.select(Docket.number, DocketEntry.id)
            .join(DocketEntry, DocketEntry.docket_id == Docket.id)
            .join(cls, cls.entry_id == DocketEntry.id)
            .where(cls.suggestion_id == suggestion_id, DocketEntry.decision.is_(None))
        )

    @classmethod
    def in_undecided(cls) -> sa.Select[tuple[str]]:
        """Ids of the suggestions that wait for a decision in some docket."""
        entry = sa.join(cls, DocketEntry, DocketEntry.id == cls.entry_id)
        return sa.select(cls.suggestion_id).select_from(entry).where(DocketEntry.decision.is_(None))

    @classmethod
    def remove(cls, entry_id: str) -> sa.Delete:
        """Takes the suggestions of an entry away."""
        return sa.delete(cls).where(cls.entry_id == entry_id)
