"""Runs: every attempt to load a mapping."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, ClassVar, Self

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, aliased, mapped_column

import ckan.plugins.toolkit as tk

from .columns import Document, Key, Listing, Moment, Words


class Run(tk.BaseModel):
    """One attempt: where it got to, what it measured, how it ended."""

    __tablename__ = "roadmap_run"

    id: Mapped[Key]
    mapping_id: Mapped[str] = mapped_column(sa.ForeignKey("roadmap_mapping.id"))
    mapping_name: Mapped[Words]
    connection: Mapped[Words]
    dataset_id: Mapped[Words]
    resource_id: Mapped[Words]
    harvest_object_id: Mapped[Words | None]
    attempt: Mapped[int] = mapped_column(default=1)
    state: Mapped[Words]
    phase: Mapped[Words]
    outcome: Mapped[Words | None]
    strategy: Mapped[Words | None]
    rows_in: Mapped[int | None] = mapped_column(sa.BigInteger)
    rows_before: Mapped[int | None] = mapped_column(sa.BigInteger)
    rows_inserted: Mapped[int | None] = mapped_column(sa.BigInteger)
    rows_updated: Mapped[int | None] = mapped_column(sa.BigInteger)
    rows_deleted: Mapped[int | None] = mapped_column(sa.BigInteger)
    bytes: Mapped[int | None] = mapped_column(sa.BigInteger)
    content_hash: Mapped[Words | None]
    watermark: Mapped[Words | None]
    columns: Mapped[Listing | None]
    regions: Mapped[Listing | None]
    live_read_at: Mapped[datetime | None] = mapped_column(sa.DateTime(timezone=True))
    started_at: Mapped[Moment]
    finished_at: Mapped[Moment | None]
    durations: Mapped[Document]
    error: Mapped[Document | None]
    files: Mapped[Listing]
    choice: Mapped[Document | None]
    types: Mapped[Listing | None]
    changes: Mapped[Document | None]
    watermark_before: Mapped[Words | None]
    rows_expected: Mapped[int | None] = mapped_column(sa.BigInteger)
    progress_at: Mapped[Moment | None]
    published_at: Mapped[Moment | None]
    files_pruned_at: Mapped[Moment | None]
    cancel_asked_at: Mapped[Moment | None]
    cancelled_by: Mapped[Words | None]
    findings: Mapped[Listing | None]
    resumes: Mapped[Words | None]
    contract: Mapped[Document | None]
    periods: Mapped[Document | None]

    TOLD: ClassVar = ("applied", "unchanged", "held")
    """Ends that tell what the source holds."""

    @classmethod
    def later_than(cls, run: Run, at: datetime | None = None) -> sa.Select[tuple[str]]:
        """The first run of the same mapping after another that tells what its source holds; by an instant."""
        found = sa.select(cls.id).where(cls.mapping_id == run.mapping_id, cls.outcome.in_(cls.TOLD))
        if at is not None:
            found = found.where(cls.finished_at <= at)
        return found.where(cls.started_at > run.started_at).order_by(cls.started_at).limit(1)

    @classmethod
    def newest_held(cls) -> sa.Select[tuple[Self]]:
        """The newest run of each mapping that tells what its source holds, if it is held; oldest first."""
        newest = (
            sa.select(sa.func.max(cls.started_at)).where(cls.outcome.in_(cls.TOLD)).group_by(cls.mapping_id)
        )
        found = sa.select(cls).where(cls.outcome == "held", cls.started_at.in_(newest))
        return found.order_by(cls.started_at, cls.id)

    @classmethod
    def newest(cls) -> sa.Select[tuple[Self]]:
        """Every run, newest first."""
        return sa.select(cls).order_by(cls.started_at.desc(), cls.id)

    @classmethod
    def is_under_way(cls, at: datetime | None) -> sa.ColumnElement[bool]:
        """Whether a run has not ended, or had not by an instant."""
        return cls.state == "running" if at is None else sa.or_(cls.state == "running", cls.finished_at > at)

    @classmethod
    def has_ended(cls, outcome: str, at: datetime | None) -> sa.ColumnElement[bool]:
        """Whether it has ended so, or had by an instant."""
        return (
            cls.outcome == outcome if at is None else sa.and_(cls.outcome == outcome, cls.finished_at <= at)
        )

    @classmethod
    def of_mapping(cls, mapping_id: str) -> sa.Select[tuple[Self]]:
        """The runs of a mapping, newest first."""
        return cls.newest().where(cls.mapping_id == mapping_id)

    LOOSE: ClassVar = (
        "interrupted",
        "file_refused",
        "internal",
        "datastore_refused",
        "datastore_unreachable",
    )
    """Errors after which the rows may be live all the same: the fault came, or was told, too late."""

    @classmethod
    def unfinished(cls, since: datetime) -> sa.Select[tuple[Self]]:
        """Runs that are under way or were left so, and those that failed since a moment by a loose fault."""
        loose = cls.error["code"].astext.in_(cls.LOOSE) & (cls.finished_at > since)
        return cls.newest().where((cls.state == "running") | loose)

    @classmethod
    def interrupted(cls, since: datetime) -> sa.Select[tuple[Self]]:
        """Runs that were killed since a moment, after which nobody got further; oldest first."""
        other = aliased(cls)
        ended = other.error["code"].astext.is_distinct_from("interrupted")
        later = sa.exists().where(
            other.mapping_id == cls.mapping_id, other.started_at >= cls.started_at, other.id != cls.id, ended
        )
        killed = cls.error["code"].astext == "interrupted"
        found = sa.select(cls).where(killed, cls.finished_at > since, cls.resumes.is_(None), ~later)
        return found.order_by(cls.started_at, cls.id)

    @classmethod
    def last_content(cls, mapping_id: str, but: str) -> sa.Select[tuple[str | None]]:
        """Content hash of the newest finished load of a mapping, apart from one run."""
        return (
            sa.select(cls.content_hash)
            .where(cls.mapping_id == mapping_id, cls.id != but, cls.outcome.in_(("applied", "unchanged")))
            .order_by(cls.started_at.desc())
            .limit(1)
        )

    @classmethod
    def last_rows(cls, mapping_id: str) -> sa.Select[tuple[int | None]]:
        """How many rows the newest whole load of a mapping had."""
        return (
            sa.select(cls.rows_in)
            .where(cls.mapping_id == mapping_id, cls.outcome.in_(("applied", "unchanged")))
            .order_by(cls.started_at.desc())
            .limit(1)
        )

    @classmethod
    def last_checked(cls, dataset_id: str) -> sa.Select[tuple[Self]]:
        """The newest whole load of each table of a dataset."""
        whole = cls.outcome.in_(("applied", "unchanged"))
        found = sa.select(cls).where(cls.dataset_id == dataset_id, whole).distinct(cls.resource_id)
        return found.order_by(cls.resource_id, cls.started_at.desc())

    @classmethod
    def since_read(cls, mapping_id: str) -> sa.Select[tuple[datetime, int]]:
        """When all rows of a mapping were last read (or None) and how often its source was believed since.

        It is believed when it says that nothing has changed, or what alone has.
        """
        of_mapping = sa.and_(cls.mapping_id == mapping_id, cls.outcome.in_(("applied", "unchanged")))
        believed = sa.func.coalesce(
            (cls.choice["code"].astext == "probe_same") | cls.choice["since"].astext.is_not(None), sa.false()
        )
        read = sa.select(sa.func.max(cls.started_at)).where(of_mapping, believed.is_not(sa.true()))
        since = of_mapping & believed & (cls.started_at > read.scalar_subquery())
        return sa.select(read.scalar_subquery(), sa.func.count().filter(since)).select_from(cls)

    @classmethod
    def since(cls, begun: datetime, resources: Sequence[str], but: str) -> sa.Select[tuple[Self]]:
        """Runs of other mappings that may have filled one of some tables since a moment, oldest first."""
        return (
            sa.select(cls)
            .where(
                cls.resource_id.in_(resources),
                cls.mapping_id != but,
                sa.or_(
                    cls.finished_at.is_(None), sa.and_(cls.outcome == "applied", cls.finished_at >= begun)
                ),
            )
            .order_by(cls.started_at, cls.id)
        )

    @classmethod
    def versions(cls, resource_id: str) -> sa.Select[tuple[Self]]:
        """The runs whose files may still be kept, newest first."""
        return (
            cls.newest()
            .where(cls.resource_id == resource_id, cls.outcome == "applied", cls.files_pruned_at.is_(None))
            .where(cls.published_at.is_not(None))
        )

    @classmethod
    def contents(cls, mapping_id: str, but: str) -> sa.Select[tuple[str | None]]:
        """Content hashes of all finished loads of a mapping, apart from one run."""
        found = sa.select(cls.content_hash).where(cls.mapping_id == mapping_id, cls.id != but)
        return found.where(cls.outcome.in_(("applied", "unchanged"))).distinct()

    @classmethod
    def last_applied(cls, mapping_id: str, at: datetime | None = None) -> sa.Select[tuple[str]]:
        """Id of the run whose rows and file are served now, or were at an instant."""
        return (
            sa.select(cls.id)
            .where(cls.mapping_id == mapping_id, cls.has_ended("applied", at))
            .order_by(cls.started_at.desc())
            .limit(1)
        )

    def to_dict(self) -> dict[str, Any]:
        """The row as plain values."""
        names = (column.key for column in sa.inspect(type(self)).column_attrs)
        return {name: getattr(self, name) for name in names}
