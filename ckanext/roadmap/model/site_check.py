"""Looks at links to data on other sites."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Self

import sqlalchemy as sa
from sqlalchemy import orm
from sqlalchemy.orm import Mapped, mapped_column

from ckanext.roadmap.domain.content import Content

from .columns import Document, Key, Listing, Moment, Words
from .ledger import Chained, LedgerBase


class SiteCheckRow(Chained, LedgerBase):
    """One look at one link. A good one carries what is known of the content, also if it was not sent anew."""

    __tablename__ = "roadmap_site_check"

    id: Mapped[Key]
    dataset_id: Mapped[Words]
    resource_id: Mapped[Words]
    url: Mapped[Words]
    look: Mapped[Words]
    status: Mapped[int | None]
    error: Mapped[Words | None]
    params: Mapped[Document | None]
    final_url: Mapped[Words | None]
    etag: Mapped[Words | None]
    modified: Mapped[Words | None]
    size: Mapped[int | None] = mapped_column(sa.BigInteger)
    raw_hash: Mapped[Words | None]
    content_hash: Mapped[Words | None]
    core_hash: Mapped[Words | None]
    rows: Mapped[int | None] = mapped_column(sa.BigInteger)
    columns: Mapped[Listing | None]
    codes: Mapped[Document | None]
    label: Mapped[Words | None]
    failures: Mapped[int]
    next_at: Mapped[Moment]

    @property
    def content(self) -> Content | None:
        """What a good look saw."""
        if self.content_hash is None or self.core_hash is None:
            return None
        columns = None if self.columns is None else frozenset(self.columns)
        codes = {name: frozenset(values) for name, values in (self.codes or {}).items()}
        return Content(self.content_hash, self.core_hash, self.rows, columns, codes)

    @classmethod
    def newest(
        cls, resource_ids: list[str] | None = None, at: datetime | None = None
    ) -> sa.Select[tuple[Self]]:
        """The last look at each link, or at the links of these resources; by an instant."""
        return cls._last(sa.true() if at is None else cls.recorded_at <= at, resource_ids)

    @classmethod
    def newest_good(
        cls, resource_ids: list[str] | None = None, at: datetime | None = None
    ) -> sa.Select[tuple[Self]]:
        """The last good look at each link, or at the links of these resources; by an instant."""
        is_good = cls.content_hash.is_not(None)
        return cls._last(is_good if at is None else is_good & (cls.recorded_at <= at), resource_ids)

    @classmethod
    def sent_whole(cls, resource_id: str, url: str) -> sa.Select[Any]:
        """When the data behind a link were sent last, and not only said to be the same."""
        return sa.select(sa.func.max(cls.recorded_at)).where(
            cls.resource_id == resource_id, cls.url == url, cls.status == 200, cls.content_hash.is_not(None)
        )

    @classmethod
    def hashes(cls, which: sa.ColumnElement[bool]) -> sa.CompoundSelect[tuple[str | None]]:
        """All contents that were ever seen at these looks: hashes, and core hashes."""
        return sa.union(
            *(
                sa.select(hashed).where(which, hashed.is_not(None))
                for hashed in (cls.content_hash, cls.core_hash)
            )
        )

    @classmethod
    def failing_since(
        cls, resource_ids: list[str], at: datetime | None = None
    ) -> sa.Select[tuple[str, datetime]]:
        """When the first look was that was not good, after the last good one, of each of these links."""
        good = orm.aliased(cls)
        was_good = sa.select(sa.func.max(good.seq)).where(
            good.resource_id == cls.resource_id, good.content_hash.is_not(None), _by(good, at)
        )
        query = sa.select(cls.resource_id, sa.func.min(cls.recorded_at)).where(
            cls.resource_id.in_(resource_ids), _by(cls, at), cls.error.is_not(None)
        )
        after = cls.seq > sa.func.coalesce(was_good.correlate(cls).scalar_subquery(), 0)
        return query.where(after).group_by(cls.resource_id)

    @classmethod
    def _last(cls, which: sa.ColumnElement[bool], ids: list[str] | None) -> sa.Select[tuple[Self]]:
        found = (
            sa.select(cls).where(which).distinct(cls.resource_id).order_by(cls.resource_id, cls.seq.desc())
        )
        return found if ids is None else found.where(cls.resource_id.in_(ids))


def _by(row: type[SiteCheckRow], at: datetime | None) -> sa.ColumnElement[bool]:
    return sa.true() if at is None else row.recorded_at <= at
