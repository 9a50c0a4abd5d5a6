"""Whom a held load is told by mail."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from .columns import Words
from .letter_notice import LetterNotice


class HeldNotice(LetterNotice):
    """One held run told to one person, once."""

    __tablename__ = "roadmap_held_notice"
    __table_args__ = (sa.UniqueConstraint("run_id", "user_id"),)

    run_id: Mapped[str] = mapped_column(sa.ForeignKey("roadmap_run.id", ondelete="CASCADE"))
    user_id: Mapped[Words]

    @classmethod
    def told(cls, run_id: str) -> sa.Select[tuple[str]]:
        """Ids of the users who have a notice of a run."""
        return sa.select(cls.user_id).where(cls.run_id == run_id)
