"""Rehearsals: what a load would have done, signed."""

from __future__ import annotations

from typing import Self

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

import ckan.plugins.toolkit as tk

from .columns import Document, Key, Moment, Words


class Rehearsal(tk.BaseModel):
    """One rehearsal of a mapping, with what it would have changed and the proof that it changed nothing."""

    __tablename__ = "roadmap_rehearsal"

    id: Mapped[Key]
    mapping_id: Mapped[str] = mapped_column(sa.ForeignKey("roadmap_mapping.id"))
    definition_hash: Mapped[Words]
    content_hash: Mapped[Words]
    made_at: Mapped[Moment]
    difference: Mapped[Document]
    proof: Mapped[Document]
    signature: Mapped[Words]

    @classmethod
    def of_mapping(cls, mapping_id: str) -> sa.Select[tuple[Self]]:
        """Those of a mapping, newest first."""
        return sa.select(cls).where(cls.mapping_id == mapping_id).order_by(cls.made_at.desc(), cls.id)
