"""The rows that histories are made of: columns and no objects, since there are millions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

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
        .order_by(term.obligation_id, term.in_force_from, term.recorded_at)
    )


def deadlines(ids: list[str]) -> sa.Select[Any]:
    """Their deadlines."""
    row = DeadlineRow
    columns = (
        row.id,
        row.obligation_id,
        row.list_version_id,
        row.kind,
        row.period_code,
        row.period_start,
        row.period_last,
        row.due_at,
        row.grace_days,
        row.changed_at,
        row.recorded_at,
    )
    return sa.select(*columns).where(row.obligation_id.in_(ids)).order_by(row.obligation_id)


def events(ids: list[str]) -> sa.Select[Any]:
    """Their events, oldest first."""
    row = DataEventRow
    columns = (
        row.id,
        row.obligation_id,
        row.dataset_id,
        row.kind,
        row.at,
        row.recorded_at,
        row.place,
        row.grade,
        row.run_id,
        row.content_hash,
        row.rows,
        row.note,
        row.live_read_at,
        sa.cast(row.columns, sa.Text).label("columns"),
        sa.cast(row.regions, sa.Text).label("regions"),
    )
    return sa.select(*columns).where(row.obligation_id.in_(ids)).order_by(row.obligation_id, row.seq)


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
