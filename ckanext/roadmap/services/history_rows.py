"""The rows that histories are made of: columns and no objects, since there are millions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import date, datetime
from typing import Any, NamedTuple, TypeVar

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ckan import model as core

from ckanext.roadmap.domain.event import EventKind, Grade, Place
from ckanext.roadmap.domain.facts import Requirements
from ckanext.roadmap.domain.region import REGIONS
from ckanext.roadmap.domain.term import Frequency
from ckanext.roadmap.model import (
    DataEventRow,
    DeadlineRow,
    ItemRevision,
    ListVersion,
    Obligation,
    ObligationTerm,
    Publication,
)

Row = sa.Row[Any]
KINDS = {str(kind): kind for kind in EventKind}
PLACES = {str(place): place for place in Place}
GRADES = {str(grade): grade for grade in Grade}
Made = TypeVar("Made")


class Lists:
    """The approved lists and what they say, read once."""

    def __init__(self, session: Session) -> None:
        self.versions = {row.id: row for row in session.scalars(sa.select(ListVersion))}
        columns = (
            ItemRevision.id,
            ItemRevision.list_version_id,
            ItemRevision.sphere,
            ItemRevision.places,
            ItemRevision.frequency,
            ItemRevision.territorial,
            ItemRevision.region_column,
            ItemRevision.unchanged_allowed,
            ItemRevision.columns,
        )
        self.revisions = {row.id: row for row in session.execute(sa.select(*columns))}
        self.frequencies = {row.id: Frequency(row.frequency) for row in self.revisions.values()}
        self.required = {row.id: self._required(row) for row in self.revisions.values()}

    def _required(self, revision: Row) -> Requirements:
        return Requirements(
            unchanged_allowed=revision.unchanged_allowed,
            columns=frozenset(revision.columns),
            places=frozenset(Place(place) for place in revision.places),
            territorial=revision.territorial,
            regions=REGIONS if revision.territorial else frozenset(),
            attestation_limit=self.versions[revision.list_version_id].attestation_limit,
            region_column=revision.region_column,
        )


def spans(ids: list[str]) -> sa.Select[Any]:
    """The spans of obligations under lists, an obligation's oldest first."""
    term = ObligationTerm
    return (
        sa.select(
            term.obligation_id,
            term.list_version_id,
            term.revision_id,
            term.in_force_from,
            term.in_force_to,
            term.recorded_at,
            term.ended_at,
            term.body_id,
            Obligation.item_id,
        )
        .join(Obligation, Obligation.id == term.obligation_id)
        .where(term.obligation_id.in_(ids))
        .order_by(term.obligation_id, *term.order())
    )


class DeadlineRecord(NamedTuple):
    """A deadline as it was written."""

    id: str
    obligation_id: str
    list_version_id: str
    kind: str
    period_code: str
    period_start: date
    period_last: date
    due_at: datetime
    grace_days: int
    changed_at: datetime | None
    recorded_at: datetime


class EventRecord(NamedTuple):
    """An event as it was written; lists stay text, since few of them differ."""

    id: str
    obligation_id: str
    dataset_id: str | None
    kind: str
    at: datetime
    recorded_at: datetime
    place: str
    grade: str
    run_id: str | None
    content_hash: str | None
    rows: int | None
    note: str | None
    live_read_at: datetime | None
    columns: str | None
    regions: str | None
    covers_first: date | None
    covers_last: date | None


def deadlines(session: Session, ids: list[str]) -> dict[str, list[DeadlineRecord]]:
    """Their deadlines, by obligation."""
    columns = [getattr(DeadlineRow, name) for name in DeadlineRecord._fields]
    query = sa.select(*columns).where(DeadlineRow.obligation_id.in_(ids))
    return _by_obligation(session, query, DeadlineRecord._make)


def events(session: Session, ids: list[str]) -> dict[str, list[EventRecord]]:
    """Their events, by obligation, oldest first."""
    row = DataEventRow
    columns = [_plain(getattr(row, name)) for name in EventRecord._fields]
    query = sa.select(*columns).where(row.obligation_id.in_(ids)).order_by(row.obligation_id, row.seq)
    return _by_obligation(session, query, EventRecord._make)


def _plain(column: Any) -> Any:
    return sa.cast(column, sa.Text) if column.key in ("columns", "regions") else column


def _by_obligation(
    session: Session, query: sa.Select[Any], make: Callable[[Iterable[Any]], Made]
) -> dict[str, list[Made]]:
    """What the driver read, without the wrapping that would take as long as all else."""
    found: dict[str, list[Made]] = defaultdict(list)
    cursor: Any = session.connection().execute(query).cursor
    for values in cursor:
        found[values[1]].append(make(values))
    return found


def links(ids: list[str]) -> sa.Select[Any]:
    """Their confirmed links with the state of the dataset, oldest first."""
    link, package = Publication, core.Package
    return (
        sa.select(
            link.obligation_id,
            link.dataset_id,
            link.confirmed_at,
            link.revoked_at,
            package.state,
            package.private,
            package.metadata_modified,
        )
        .outerjoin(package, package.id == link.dataset_id)
        .where(link.confirmed_at.is_not(None), link.obligation_id.in_(ids))
        .order_by(link.obligation_id, link.confirmed_at, link.id)
    )


def group(rows: Iterable[Any]) -> dict[str, list[Any]]:
    """Rows by obligation."""
    grouped: dict[str, list[Any]] = defaultdict(list)
    for row in rows:
        grouped[row.obligation_id].append(row)
    return grouped


def plain(
    session: Session, table: type[DeadlineRow] | type[DataEventRow], query: sa.Select[Any]
) -> dict[str, list[Any]]:
    """The rows of a query as columns and no objects, by obligation."""
    return group(session.execute(query.with_only_columns(*table.__table__.columns)))
