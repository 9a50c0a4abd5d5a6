"""What the pages of now tell of one obligation, made by the rule and kept while it holds."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

import ckan.plugins.toolkit as tk

from .columns import Document, Moment, Words
from .obligation_term import ObligationTerm


class SheetRow(tk.BaseModel):
    """An obligation as it is shown from `since` on, until the clock alone changes it.

    `summary` is its row with all that is told beside it, `deadlines` those whose period has begun, by id.
    `outlook`: its three shares (met, of) and what its repair would raise them by, as twelve numbers.
    """

    __tablename__ = "roadmap_sheet"

    obligation_id: Mapped[str] = mapped_column(sa.UnicodeText, primary_key=True)
    body_id: Mapped[Words]
    item_code: Mapped[Words]
    sphere: Mapped[Words]
    outlook: Mapped[list[int]] = mapped_column(ARRAY(sa.Integer))
    since: Mapped[Moment]
    until: Mapped[Moment]
    summary: Mapped[Document]
    deadlines: Mapped[Document]

    @classmethod
    def holding(
        cls, obligation_ids: Collection[str], at: datetime
    ) -> sa.Select[tuple[str, str, datetime, dict]]:
        """The sheets that hold at an instant: obligation, body, until when, summary."""
        return sa.select(cls.obligation_id, cls.body_id, cls.until, cls.summary).where(
            cls.obligation_id.in_(obligation_ids), cls.since <= at, cls.until > at
        )

    @classmethod
    def outlooks(cls, at: datetime) -> sa.Select[tuple[str, str, str, str, list[int]]]:
        """Of each obligation: its id, and in short what its sheet tells, where one holds at an instant."""
        term = ObligationTerm
        bound = sa.select(term.obligation_id).where(term.recorded_at <= at).distinct().subquery()
        holds = sa.and_(cls.obligation_id == bound.c.obligation_id, cls.since <= at, cls.until > at)
        return sa.select(
            bound.c.obligation_id, cls.body_id, cls.item_code, cls.sphere, cls.outlook
        ).outerjoin_from(bound, cls, holds)

    @classmethod
    def outlooks_of(cls, obligation_ids: Collection[str], at: datetime) -> sa.Select[tuple[str, list[int]]]:
        """What the shares of these obligations are, and what a repair would raise, where a sheet holds."""
        return sa.select(cls.obligation_id, cls.outlook).where(
            cls.obligation_id.in_(obligation_ids), cls.since <= at, cls.until > at
        )

    @staticmethod
    def shown(deadlines: Collection[tuple[str, str]]) -> tuple[sa.TextClause, dict[str, list[str]]]:
        """These deadlines (obligation and id), as they are shown: a statement and its values."""
        values = {"obligations": [pair[0] for pair in deadlines], "ids": [pair[1] for pair in deadlines]}
        return sa.text(_SHOWN), values

    @classmethod
    def forget(cls, obligation_ids: Collection[str]) -> sa.Delete:
        """Delete the sheets of obligations that were written to."""
        return sa.delete(cls).where(cls.obligation_id.in_(obligation_ids))


_SHOWN = """
    SELECT wanted.id, deadlines -> wanted.id
    FROM unnest(CAST(:obligations AS text[]), CAST(:ids AS text[])) AS wanted(obligation_id, id)
    JOIN roadmap_sheet USING (obligation_id)
"""
