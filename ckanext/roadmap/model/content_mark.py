"""Marks on datasets and tables whose content may have changed and is to be measured."""

from __future__ import annotations

from datetime import datetime
from typing import Self

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, mapped_column

import ckan.plugins.toolkit as tk

from .columns import Moment


class ContentMark(tk.BaseModel):
    """A dataset was edited (no resource), or a table of it was written; it stands until it was measured.

    `touched_at` is the portal's time of the last write, `first_at` and `due_at` are the machine's.
    """

    __tablename__ = "roadmap_content_mark"

    dataset_id: Mapped[str] = mapped_column(sa.UnicodeText, primary_key=True)
    resource_id: Mapped[str] = mapped_column(sa.UnicodeText, primary_key=True)
    touched_at: Mapped[Moment]
    first_at: Mapped[Moment]
    due_at: Mapped[Moment]

    @classmethod
    def touch(
        cls, dataset_id: str, resource_id: str, touched_at: datetime, at: datetime, due_at: datetime
    ) -> sa.Executable:
        """Set a mark, or put a standing one off."""
        values = {"touched_at": touched_at, "due_at": due_at}
        key = {"dataset_id": dataset_id, "resource_id": resource_id}
        statement = insert(cls).values(**key, **values, first_at=at)
        return statement.on_conflict_do_update(index_elements=list(key), set_=values)

    @classmethod
    def of_dataset(cls, dataset_id: str) -> sa.Select[tuple[Self]]:
        """The marks that stand on a dataset and its tables."""
        return sa.select(cls).where(cls.dataset_id == dataset_id)

    @classmethod
    def due(cls, at: datetime, waited_since: datetime) -> sa.Select[tuple[str]]:
        """Datasets that were left in peace for the pause, or waited too long for it."""
        rested = sa.func.max(cls.due_at) <= at
        waited = sa.func.min(cls.first_at) <= waited_since
        return sa.select(cls.dataset_id).group_by(cls.dataset_id).having(sa.or_(rested, waited))

    @classmethod
    def clear(cls, mark: Self) -> sa.Delete:
        """Takes a mark away, unless it was touched again meanwhile."""
        return sa.delete(cls).where(
            cls.dataset_id == mark.dataset_id,
            cls.resource_id == mark.resource_id,
            cls.touched_at == mark.touched_at,
            cls.due_at == mark.due_at,
        )
