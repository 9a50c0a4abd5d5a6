"""A body's page of now as one row: what its figures, its obligations and its register come to."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

import ckan.plugins.toolkit as tk

from .columns import Moment, QuickJSON, Words


class BodySheet(tk.BaseModel):
    """What the page of a body tells from `since` until `until`; a new one has a new id.

    `basis`: what it was made of besides the results of its obligations, to be compared.
    """

    __tablename__ = "roadmap_body_sheet"

    body_id: Mapped[str] = mapped_column(sa.UnicodeText, primary_key=True)
    id: Mapped[Words]
    basis: Mapped[Words]
    since: Mapped[Moment]
    until: Mapped[Moment]
    content: Mapped[dict[str, Any]] = mapped_column(QuickJSON)

    @staticmethod
    def holding(
        name: str, ground: str, at: datetime, known: Collection[str]
    ) -> tuple[sa.TextualSelect, dict[str, Any]]:
        """The id and content of the sheet that holds of a body, if nothing is marked: statement and values.

        :param known: ids whose content is not asked for again
        """
        columns = {"id": sa.UnicodeText, "content": QuickJSON}
        return sa.text(_HOLDING.format(basis=_BASIS)).columns(**columns), {
            "name": name,
            "ground": ground,
            "at": at,
            "known": list(known),
        }

    @staticmethod
    def mark(body_id: str, ground: str) -> tuple[sa.TextClause, dict[str, str]]:
        """The basis of a sheet that is made now: a statement and its values."""
        return sa.text(_MARK.format(basis=_BASIS)), {"id": body_id, "ground": ground}

    @classmethod
    def forget(cls, body_ids: Collection[str] | None) -> sa.Delete:
        """Delete the sheets of bodies (None: all) of which something has changed."""
        gone = sa.delete(cls)
        return gone if body_ids is None else gone.where(cls.body_id.in_(body_ids))


# a body's own row, its lineage and the lists are compared whole, the rest by its newest row
_BASIS = """
    CAST(:ground AS text) || ' ' || md5(concat_ws('|', CAST(body AS text),
        (SELECT count(*) FROM roadmap_body),
        (SELECT max(seq) FROM roadmap_body_revision),
        (SELECT max(seq) FROM roadmap_identifier),
        (SELECT string_agg(CAST(step AS text), '|' ORDER BY step.id) FROM roadmap_succession AS step
            WHERE body.id IN (step.from_body_id, step.to_body_id)),
        (SELECT string_agg(CAST(list AS text), '|' ORDER BY list.id) FROM roadmap_list_version AS list)
    ))
"""
_MARK = "SELECT {basis} FROM roadmap_body AS body WHERE body.id = :id"
_HOLDING = """
    SELECT sheet.id, CAST(
        CASE WHEN sheet.id = ANY(CAST(:known AS text[])) THEN NULL ELSE content END AS text
    ) AS content
    FROM roadmap_body AS body JOIN roadmap_body_sheet AS sheet ON sheet.body_id = body.id
    WHERE body.name = :name AND since <= :at AND until > :at AND basis = {basis}
        AND NOT EXISTS (SELECT FROM roadmap_stale)
"""
