"""Looks at sources that take longer than a page may wait."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Self

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

import ckan.plugins.toolkit as tk

from .columns import Document, Key, Moment, Words


class SourceLook(tk.BaseModel):
    """One look, from the question to its answer.

    :ivar asked: connection, schema, table, read, and the mapping as drafted, if there was one
    :ivar form: what stood in the form meanwhile, so that nobody types it again
    :ivar found: names, types and counts, or the problem; never a value
    """

    __tablename__ = "roadmap_source_look"

    id: Mapped[Key]
    asked: Mapped[Document]
    form: Mapped[Document]
    asked_by: Mapped[Words]
    asked_at: Mapped[Moment]
    cancelled_at: Mapped[datetime | None] = mapped_column(sa.DateTime(timezone=True))
    ended_at: Mapped[datetime | None] = mapped_column(sa.DateTime(timezone=True))
    found: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))

    @classmethod
    def forget(cls, before: datetime) -> sa.Delete:
        """Those that were asked for long ago."""
        return sa.delete(cls).where(cls.asked_at < before)

    @classmethod
    def unended(cls) -> sa.Select[tuple[Self]]:
        """Those that somebody waits for."""
        return sa.select(cls).where(cls.ended_at.is_(None)).order_by(cls.asked_at, cls.id)
