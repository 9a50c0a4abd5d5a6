"""What the portal's own files and tables were seen to hold."""

from __future__ import annotations

from typing import Self

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from ckanext.roadmap.domain.content import Content

from .columns import Document, Key, Listing, Moment, Words
from .ledger import Chained, LedgerBase

RUN = "run"
"""The origin of what a load put live; other origins are files and tables that people wrote."""


class ContentLookRow(Chained, LedgerBase):
    """A file or table was seen to be other than before, written anew, or (without a hash) gone."""

    __tablename__ = "roadmap_content_look"

    id: Mapped[Key]
    dataset_id: Mapped[Words]
    resource_id: Mapped[Words]
    origin: Mapped[Words]
    at: Mapped[Moment]
    stamp: Mapped[Words | None]
    raw_hash: Mapped[Words | None]
    content_hash: Mapped[Words | None]
    core_hash: Mapped[Words | None]
    rows: Mapped[int | None] = mapped_column(sa.BigInteger)
    columns: Mapped[Listing | None]
    codes: Mapped[Document | None]
    label: Mapped[Words | None]

    @property
    def content(self) -> Content | None:
        """What was seen; None: nothing is there any more."""
        if self.content_hash is None or self.core_hash is None:
            return None
        columns = None if self.columns is None else frozenset(self.columns)
        codes = {name: frozenset(values) for name, values in (self.codes or {}).items()}
        return Content(self.content_hash, self.core_hash, self.rows, columns, codes)

    @classmethod
    def newest(cls, dataset_id: str) -> sa.Select[tuple[Self]]:
        """The last look at each file and table of a dataset that people put there."""
        found = sa.select(cls).where(cls.dataset_id == dataset_id, cls.origin != RUN)
        return found.distinct(cls.resource_id).order_by(cls.resource_id, cls.seq.desc())

    @classmethod
    def of_runs(cls, resource_id: str) -> sa.Select[tuple[Self]]:
        """What loads put live, the newest first."""
        found = sa.select(cls).where(cls.resource_id == resource_id, cls.origin == RUN)
        return found.order_by(cls.seq.desc())

    @classmethod
    def hashes(cls, dataset_id: str) -> sa.CompoundSelect[tuple[str | None]]:
        """All that any file or table of a dataset was ever seen to hold: hashes, and core hashes."""
        return sa.union(
            *(
                sa.select(hashed).where(cls.dataset_id == dataset_id, hashed.is_not(None))
                for hashed in (cls.content_hash, cls.core_hash)
            )
        )

    @classmethod
    def cores(cls, resource_id: str) -> sa.Select[tuple[str | None]]:
        """The core hashes of all that loads put live."""
        return sa.select(cls.core_hash).where(cls.resource_id == resource_id, cls.origin == RUN).distinct()

    @classmethod
    def first_seen(cls, resource_id: str, content_hash: str) -> sa.Select[tuple[Self]]:
        """The first look that saw a content."""
        found = sa.select(cls).where(cls.resource_id == resource_id, cls.content_hash == content_hash)
        return found.order_by(cls.seq).limit(1)
