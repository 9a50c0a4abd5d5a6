"""Reads from the tables all that the status rule is told, with a number of statements that does not grow."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta, tzinfo

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ckan import model as core

from ckanext.roadmap.domain.calendar import Period
from ckanext.roadmap.domain.deadline import Deadline, DeadlineKind
from ckanext.roadmap.domain.event import DataEvent, EventKind, Grade, Place
from ckanext.roadmap.domain.facts import Facts, Requirements
from ckanext.roadmap.domain.notice import Force, Notice, NoticeKind
from ckanext.roadmap.domain.region import REGIONS
from ckanext.roadmap.domain.term import Frequency
from ckanext.roadmap.model import (
    Body,
    DataEventRow,
    DeadlineNoticeRow,
    DeadlineRow,
    Item,
    ItemRevision,
    ListVersion,
    ObligationTerm,
    Publication,
)


@dataclass(frozen=True, slots=True)
class Dataset:
    """A dataset as the pages name it."""

    id: str
    name: str
    title: dict[str, str]
    is_public: bool
    modified_at: datetime


@dataclass(frozen=True, slots=True)
class Owed:
    """One obligation: who owes what, in which words, and the facts about it."""

    id: str
    item: Item
    revision: ItemRevision
    body: Body
    facts: Facts
    dataset: Dataset | None
    in_force: bool


Span = tuple[ObligationTerm, ItemRevision, Item, ListVersion, Body]


def load(
    session: Session, as_of: datetime, tz: tzinfo, body: str | None = None, item: str | None = None
) -> list[Owed]:
    """Every obligation that was ever in force by a time, in the order of list and body, with its facts.

    :param as_of: the time (aware)
    :param tz: time zone of legal dates
    :param body: only obligations of the body of that name
    :param item: only obligations to the item of that code
    """
    spans: dict[str, list[Span]] = defaultdict(list)
    for row in session.execute(_spans(body, item)).tuples():
        spans[row[0].obligation_id].append(row)
    ids = list(spans)
    deadlines = _group(session.scalars(DeadlineRow.begun(as_of.astimezone(tz).date(), ids)))
    events = _group(session.scalars(DataEventRow.of_obligations(ids)))
    links = _group(session.scalars(Publication.confirmed(ids)))
    notices = [_notice(row) for row in session.scalars(DeadlineNoticeRow.of_obligations(ids))]
    datasets = _datasets(session, {link.dataset_id for group in links.values() for link in group})
    return [
        _owed(spans[id_], deadlines[id_], events[id_], links[id_], notices, datasets, as_of, tz)
        for id_ in ids
    ]


def _spans(body: str | None, item: str | None) -> sa.Select[Span]:
    query = ObligationTerm.all_rows()
    if body is not None:
        query = query.where(Body.name == body)
    return query if item is None else query.where(Item.code == item)


def _group(rows: Iterable[DeadlineRow | DataEventRow | Publication]) -> dict[str, list]:
    grouped: dict[str, list] = defaultdict(list)
    for row in rows:
        grouped[row.obligation_id].append(row)
    return grouped


def _datasets(session: Session, ids: set[str]) -> dict[str, Dataset]:
    package = core.Package
    query = sa.select(
        package.id,
        package.name,
        package.title,
        package.state,
        package.private,
        package.metadata_modified,
        package.extras["title_translated"].astext.label("translated"),
    ).where(package.id.in_(ids))
    return {
        row.id: Dataset(
            id=row.id,
            name=row.name,
            title=json.loads(row.translated) if row.translated else {"uz": row.title or row.name},
            is_public=row.state == core.State.ACTIVE and not row.private,
            modified_at=row.metadata_modified.replace(tzinfo=UTC),
        )
        for row in session.execute(query)
    }


def _owed(
    spans: Sequence[Span],
    deadlines: Sequence[DeadlineRow],
    events: Sequence[DataEventRow],
    links: Sequence[Publication],
    notices: Sequence[Notice],
    datasets: Mapping[str, Dataset],
    as_of: datetime,
    tz: tzinfo,
) -> Owed:
    span, revision, item, _, body = spans[-1]
    forces = tuple(_force(row[0], row[3], tz) for row in spans)
    by_version = {row[0].list_version_id: row for row in spans}
    deadlines = [row for row in deadlines if _holds(row, by_version[row.list_version_id][0], as_of)]
    ids = {row.id for row in deadlines}
    public = [link for link in links if _is_live(link, datasets)]
    facts = Facts(
        deadlines=tuple(_deadline(row, by_version[row.list_version_id], tz) for row in deadlines),
        events=_events(events, links),
        published_from=min((link.confirmed_at for link in links if link.confirmed_at), default=None),
        published_until=None if public else _ended(links, datasets),
        notices=tuple(notice for notice in notices if notice.deadline_id in ids),
        forces=forces,
        revisions={row[1].id: _requirements(row[1], row[3], events) for row in spans},
    )
    # the date's end, since a span ends at the beginning of a day
    in_force = any(force.holds_at(as_of + timedelta(microseconds=1)) for force in forces)
    shown = (public or links)[-1].dataset_id if links else None
    return Owed(span.obligation_id, item, revision, body, facts, datasets.get(shown or ""), in_force)


def _holds(row: DeadlineRow, span: ObligationTerm, as_of: datetime) -> bool:
    """Whether the list version that wrote a deadline was still in force when its period ended.

    Deadlines are written ahead; those that a revision overtook belong to the version after it.
    """
    ended = span.in_force_to
    if ended is None or (span.ended_at is not None and span.ended_at > as_of):
        return True
    return row.period_last < ended


def _is_live(link: Publication, datasets: Mapping[str, Dataset]) -> bool:
    dataset = datasets.get(link.dataset_id)
    return link.revoked_at is None and dataset is not None and dataset.is_public


def _ended(links: Sequence[Publication], datasets: Mapping[str, Dataset]) -> datetime | None:
    """When the last link ended: it was revoked, or its dataset was taken from the public."""
    ends = []
    for link in links:
        dataset = datasets.get(link.dataset_id)
        ends.append(link.revoked_at or (dataset.modified_at if dataset else link.confirmed_at))
    return max((end for end in ends if end), default=None)


def _force(span: ObligationTerm, version: ListVersion, tz: tzinfo) -> Force:
    until = span.in_force_to
    return Force(
        since=datetime.combine(span.in_force_from, time.min, tz),
        recorded_at=span.recorded_at,
        until=datetime.combine(until, time.min, tz) if until else None,
        until_recorded_at=span.ended_at,
    )


def _requirements(
    revision: ItemRevision, version: ListVersion, events: Sequence[DataEventRow]
) -> Requirements:
    return Requirements(
        unchanged_allowed=revision.unchanged_allowed,
        columns=frozenset(revision.columns),
        places=frozenset(Place(place) for place in revision.places),
        territorial=revision.territorial,
        regions=REGIONS if revision.territorial else frozenset(),
        attestation_limit=version.attestation_limit,
        region_column=revision.region_column or _measured_column(events),
    )


def _measured_column(events: Sequence[DataEventRow]) -> str | None:
    """Where the list names no column, a mapping may: its events then tell the regions they measured."""
    return "mapping" if any(event.regions is not None for event in events) else None


def _deadline(row: DeadlineRow, span: Span, tz: tzinfo) -> Deadline:
    frequency = Frequency(span[1].frequency)
    return Deadline.from_record(
        id=row.id,
        obligation_id=row.obligation_id,
        frequency=frequency,
        period=Period(row.period_start, row.period_last, once=frequency is Frequency.once),
        due_at=row.due_at,
        grace=timedelta(days=row.grace_days),
        tz=tz,
        kind=DeadlineKind(row.kind),
        recorded_at=row.recorded_at,
        revision_id=span[1].id,
    )


def _notice(row: DeadlineNoticeRow) -> Notice:
    return Notice(row.deadline_id, NoticeKind(row.kind), row.recorded_at, row.due_at, row.reason, row.act)


def _events(rows: Sequence[DataEventRow], links: Sequence[Publication]) -> tuple[DataEvent, ...]:
    by_dataset = {link.dataset_id: link for link in links}
    return tuple(_event(row, by_dataset.get(row.dataset_id or "")) for row in rows)


def _event(row: DataEventRow, link: Publication | None) -> DataEvent:
    return DataEvent(
        id=row.id,
        kind=EventKind(row.kind),
        at=row.at,
        recorded_at=row.recorded_at,
        place=Place(row.place),
        content_hash=row.content_hash,
        rows=row.rows,
        columns=None if row.columns is None else frozenset(row.columns),
        regions=None if row.regions is None else frozenset(row.regions),
        grade=Grade(row.grade),
        live_read_at=row.live_read_at,
        rows_changed=row.rows_changed,
        source=row.source,
        run_id=row.run_id,
        dataset_id=row.dataset_id,
        linked_at=link.confirmed_at if link else None,
        unlinked_at=link.revoked_at if link else None,
    )
