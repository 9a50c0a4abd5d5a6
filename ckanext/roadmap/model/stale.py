"""Obligations whose stored results are to be made again: the database marks them at every write."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

import ckan.plugins.toolkit as tk

from .columns import Words


class StaleMark(tk.BaseModel):
    """Something was written that bears on an obligation."""

    __tablename__ = "roadmap_stale"

    id: Mapped[int] = mapped_column(sa.BigInteger, primary_key=True, autoincrement=True)
    obligation_id: Mapped[Words]
