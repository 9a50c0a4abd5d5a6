"""Who wants no letters about suggestions."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import Mapped

import ckan.plugins.toolkit as tk

from .columns import Key, Moment


class SilencedVoice(tk.BaseModel):
    """A user, or the keyed hash of an address, that gets no letters about suggestions; never the address."""

    __tablename__ = "roadmap_silenced_voice"

    voice: Mapped[Key]
    since: Mapped[Moment]

    @classmethod
    def of(cls, voice: str) -> sa.Select[tuple[str]]:
        """Whether one of them is named so."""
        return sa.select(cls.voice).where(cls.voice == voice)
