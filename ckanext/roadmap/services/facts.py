"""Reads from the tables all that the status rule is told, with a number of statements that does not grow."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo

from sqlalchemy.orm import Session

from ckanext.roadmap.domain.calendar import Period
from ckanext.roadmap.domain.deadline import Deadline, DeadlineKind
from ckanext.roadmap.domain.event import DataEvent, Place
from ckanext.roadmap.domain.facts import Facts, Requirements
from ckanext.roadmap.domain.notice import Force
from ckanext.roadmap.domain.region import REGIONS
from ckanext.roadmap.domain.term import Frequency
from ckanext.roadmap.model import (
    DataEventRow,
    DeadlineRow,
    Item,
    ItemRevision,
    ListVersion,
    ObligationTerm,
    Publication,
)
from ckanext.roadmap.model.data_event import covers_of, label_of
from ckanext.roadmap.services import acts, dataset_faces, holders, linked_datasets
from ckanext.roadmap.services.acts import Acts
from ckanext.roadmap.services.body_history import Face
from ckanext.roadmap.services.dataset_faces import Dataset
from ckanext.roadmap.services.history_rows import GRADES, KINDS, PLACES, group, plain
from ckanext.roadmap.services.holders import Held, Span


@dataclass(frozen=True, slots=True)
class Owed:
    """One obligation: who owes what, in which words, and the facts about it."""

    id: str
    item: Item
    revision: ItemRevision
    body: Face
    facts: Facts
    acts: Acts
    dataset: Dataset | None
    in_force: bool


def load(
    session: Session,
    as_of: datetime,
    tz: tzinfo,
    body: str | None = None,
    item: str | None = None,
    day: date | None = None,
    only: Collection[str] | None = None,
) -> list[Owed]:
    """Every obligation that was ever in force by a time, in the order of list and body, with its facts.

    Nothing is read that was recorded later. Datasets are named as they were then, bodies as on a day.

    :param as_of: the time (aware)
    :param tz: time zone of legal dates
    :param body: only obligations of the body of that name
    :param item: only obligations to the item of that code
    :param day: the day whose holders and names of bodies are told (default: that of `as_of`)
    :param only: only obligations of these ids
    """
    today = as_of.astimezone(tz).date()
    held = {
        spans[0][0].obligation_id: (spans, face)
        for spans, face in holders.spans(session, as_of, day or today, body, item, only=only)
    }
    ids = list(held)
    begun = DeadlineRow.begun(today, ids).where(DeadlineRow.recorded_at <= as_of)
    deadlines = plain(session, DeadlineRow, begun)
    events = plain(session, DataEventRow, DataEventRow.of_obligations(ids))
    links = group(session.scalars(Publication.confirmed(ids).where(Publication.confirmed_at <= as_of)))
    recorded = acts.load(session, ids, as_of)
    linked = {link.dataset_id for own in links.values() for link in own}
    datasets = dataset_faces.load(session, linked, as_of)
    return [
        owed_of(held[id_], deadlines[id_], events[id_], links[id_], recorded, datasets, as_of, tz)
        for id_ in ids
    ]


def owed_of(
    held: Held,
    deadlines: Sequence[DeadlineRow],
    events: Sequence[DataEventRow],
    links: Sequence[Publication],
    recorded: Acts,
    datasets: Mapping[str, Dataset],
    as_of: datetime,
    tz: tzinfo,
) -> Owed:
    """One obligation from the rows that tell of it."""
    spans, body = held
    span, revision, item, _, _ = spans[-1]
    forces = tuple(_force(row[0], as_of, tz) for row in spans)
    by_version = {row[0].list_version_id: row for row in spans}
    deadlines = [row for row in deadlines if _holds(row, by_version[row.list_version_id][0], as_of)]
    gone = linked_datasets.withdrawn(events)
    public = {one.id for one in datasets.values() if one.is_public}
    live = linked_datasets.live(links, gone, public, as_of)
    events = [event for event in events if event.recorded_at <= as_of]
    own = recorded.of(holders.ids_of(spans), item.id, {row.id for row in deadlines})
    due = tuple(_deadline(row, by_version[row.list_version_id], tz) for row in deadlines)
    facts = Facts(
        deadlines=due,
        events=_events(events, links, _named(own, deadlines)),
        published_from=min((link.confirmed_at for link in links if link.confirmed_at), default=None),
        published_until=None if live else linked_datasets.ended(links, datasets),
        notices=tuple(acts.notice(row) for row in own.notices),
        exemptions=tuple(acts.exemption(*pair) for pair in own.exemptions),
        objections=tuple(acts.objection(*pair) for pair in own.objections),
        faults=acts.faults(own, due),
        forces=forces,
        revisions={row[1].id: _requirements(row[1], row[3], events) for row in spans},
    )
    # the date's end, since a span ends at the beginning of a day
    in_force = any(force.holds_at(as_of + timedelta(microseconds=1)) for force in forces)
    was_public = {one.id for one in datasets.values() if one.was_public}
    stood = linked_datasets.live(links, gone, was_public, as_of)
    dataset = linked_datasets.shown(stood or links, linked_datasets.withdrawn(events), datasets)
    return Owed(span.obligation_id, item, revision, body, facts, own, dataset, in_force)


def _holds(row: DeadlineRow, span: ObligationTerm, as_of: datetime) -> bool:
    """Whether the list version that wrote a deadline was still in force when its period ended.

    Deadlines are written ahead; those that a revision overtook belong to the version after it.
    """
    ended = _end(span, as_of)
    return ended is None or row.period_last < ended


def _end(span: ObligationTerm, as_of: datetime) -> date | None:
    """The first day on which a span no longer holds, as far as it was known."""
    is_later = span.ended_at is not None and span.ended_at > as_of
    return None if is_later else span.in_force_to


def _named(own: Acts, deadlines: Sequence[DeadlineRow]) -> dict[str, Period]:
    """The period that each attestation was signed for, by its event; a change or a single date needs none."""
    periods = {
        row.id: Period(row.period_start, row.period_last)
        for row in deadlines
        if row.kind == DeadlineKind.period and row.period_code != "once"
    }
    return {row.event_id: periods[row.deadline_id] for row in own.attestations if row.deadline_id in periods}


def _force(span: ObligationTerm, as_of: datetime, tz: tzinfo) -> Force:
    until = _end(span, as_of)
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
        changed_at=row.changed_at,
        recorded_at=row.recorded_at,
        revision_id=span[1].id,
    )


def _events(
    rows: Sequence[DataEventRow], links: Sequence[Publication], named: Mapping[str, Period]
) -> tuple[DataEvent, ...]:
    by_dataset = {link.dataset_id: link for link in links}
    return tuple(event_of(row, by_dataset.get(row.dataset_id or ""), named.get(row.id)) for row in rows)


def event_of(row: DataEventRow, link: Publication | None = None, covers: Period | None = None) -> DataEvent:
    """An event as the rule sees it.

    :param covers: the period that an attestation was signed for; of others their row tells
    """
    return DataEvent(
        id=row.id,
        kind=KINDS[row.kind],
        at=row.at,
        recorded_at=row.recorded_at,
        place=PLACES[row.place],
        content_hash=row.content_hash,
        rows=row.rows,
        columns=None if row.columns is None else frozenset(row.columns),
        regions=None if row.regions is None else frozenset(row.regions),
        grade=GRADES[row.grade],
        live_read_at=row.live_read_at,
        covers=covers or covers_of(row),
        rows_changed=row.rows_changed,
        source=row.source,
        run_id=row.run_id,
        dataset_id=row.dataset_id,
        label=label_of(row.kind, row.note),
        linked_at=link.confirmed_at if link else None,
        unlinked_at=link.revoked_at if link else None,
    )
