"""Reads whole obligations, all that was ever recorded, as plain rows: what the stored results are made of."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import cache

from sqlalchemy.orm import Session

from ckanext.roadmap.domain.calendar import Period
from ckanext.roadmap.domain.deadline import Deadline, DeadlineKind
from ckanext.roadmap.domain.event import DataEvent, EventKind
from ckanext.roadmap.domain.facts import Facts, Requirements
from ckanext.roadmap.domain.notice import Force
from ckanext.roadmap.domain.term import Frequency
from ckanext.roadmap.model.data_event import label_of
from ckanext.roadmap.services import acts
from ckanext.roadmap.services import history_rows as rows
from ckanext.roadmap.services.acts import Acts
from ckanext.roadmap.services.history_rows import (
    GRADES,
    KINDS,
    PLACES,
    DeadlineRecord,
    EventRecord,
    Lists,
    Row,
)
from ckanext.roadmap.services.visibility import is_shown

Linked = tuple[datetime | None, datetime | None]
_SHOWS_DATA = (EventKind.changed, EventKind.unchanged, EventKind.withdrawn)
_FAR = datetime.max.replace(tzinfo=UTC)
_DEADLINE_KINDS = {str(kind): kind for kind in DeadlineKind}


@dataclass(frozen=True, slots=True)
class Holder:
    """Who holds an obligation, in which sphere: known from an instant on, lawful from a day on."""

    since: datetime
    begins: date
    body_id: str
    sphere: str


@dataclass(frozen=True, slots=True)
class History:
    """All that was ever recorded on one obligation."""

    obligation_id: str
    facts: Facts
    holders: tuple[Holder, ...]
    events: tuple[DataEvent, ...]


def load(session: Session, lists: Lists, obligation_ids: Sequence[str], tz: tzinfo) -> Iterator[History]:
    """The histories of these obligations, as far as a list ever bound them.

    :param tz: time zone of legal dates
    """
    ids = list(obligation_ids)
    spans = rows.group(session.execute(rows.spans(ids)))
    deadlines = rows.deadlines(session, ids)
    events = rows.events(session, ids)
    links = rows.group(session.execute(rows.links(ids)))
    recorded = acts.load(session, ids, _FAR)
    for id_ in ids:
        if spans[id_]:
            yield _history(lists, spans[id_], deadlines[id_], events[id_], links[id_], recorded, tz)


def _history(
    lists: Lists,
    spans: Sequence[Row],
    deadlines: Sequence[DeadlineRecord],
    events: Sequence[EventRecord],
    links: Sequence[Row],
    recorded: Acts,
    tz: tzinfo,
) -> History:
    by_version = {span.list_version_id: span for span in spans}
    own = recorded.of({span.body_id for span in spans}, spans[0].item_id, {row.id for row in deadlines})
    named = _named(own, deadlines)
    times = _times(links)
    told = [[_event(row, named, span) for span in _spans_of(row, times, links)] for row in events]
    due = tuple(
        _deadline(row, by_version[row.list_version_id], lists, tz)
        for row in deadlines
        if not _is_void(row, by_version[row.list_version_id])
    )
    facts = Facts(
        deadlines=due,
        events=tuple(event for copies in told for event in copies),
        published_from=links[0].confirmed_at if links else None,
        notices=tuple(acts.notice(row) for row in own.notices),
        exemptions=tuple(acts.exemption(*pair) for pair in own.exemptions),
        objections=tuple(acts.objection(*pair) for pair in own.objections),
        faults=acts.faults(own, due),
        forces=tuple(_force(span, tz) for span in spans),
        revisions={span.revision_id: _measured(lists.required[span.revision_id], events) for span in spans},
        links=tuple(_lives(links, events)),
    )
    return History(
        spans[0].obligation_id, facts, tuple(_holders(lists, spans)), tuple(copies[0] for copies in told)
    )


def holder_on(holders: Sequence[Holder], day: date) -> Holder:
    """Who of these, the oldest first, held it on a day."""
    return next((one for one in reversed(holders) if one.begins <= day), holders[0])


def _holders(lists: Lists, spans: Sequence[Row]) -> Iterator[Holder]:
    """By the newest span that was known."""
    newest: date | None = None
    for span in sorted(spans, key=lambda span: (span.recorded_at, span.in_force_from)):
        begins: date = span.in_force_from
        if newest is None or begins >= newest:
            newest = begins
            yield Holder(span.recorded_at, begins, span.body_id, lists.revisions[span.revision_id].sphere)


def _is_void(row: DeadlineRecord, span: Row) -> bool:
    """Whether a deadline never held, since its span ended before without a record of when that was told."""
    return span.ended_at is None and _is_overtaken(row, span)


def _is_overtaken(row: DeadlineRecord, span: Row) -> bool:
    return span.in_force_to is not None and row.period_last >= span.in_force_to


def _deadline(row: DeadlineRecord, span: Row, lists: Lists, tz: tzinfo) -> Deadline:
    frequency = lists.frequencies[span.revision_id]
    return Deadline.from_record(
        id=row.id,
        obligation_id=row.obligation_id,
        frequency=frequency,
        period=_period(row.period_start, row.period_last, frequency is Frequency.once),
        due_at=row.due_at,
        grace=_days(row.grace_days),
        tz=tz,
        kind=_DEADLINE_KINDS[row.kind],
        changed_at=row.changed_at,
        recorded_at=row.recorded_at,
        revision_id=span.revision_id,
        overtaken_at=span.ended_at if _is_overtaken(row, span) else None,
    )


@cache
def _period(start: date, last: date, once: bool) -> Period:
    return Period(start, last, once=once)


@cache
def _days(count: int) -> timedelta:
    return timedelta(days=count)


def _named(own: Acts, deadlines: Sequence[DeadlineRecord]) -> dict[str, Period]:
    """The period that each attestation was signed for, by its event."""
    if not own.attestations:
        return {}
    periods = {
        row.id: Period(row.period_start, row.period_last)
        for row in deadlines
        if row.kind == DeadlineKind.period and row.period_code != "once"
    }
    return {row.event_id: periods[row.deadline_id] for row in own.attestations if row.deadline_id in periods}


def _times(links: Sequence[Row]) -> dict[str | None, list[Linked]]:
    """When each dataset was linked: of links that overlap the later one tells."""
    by_dataset: dict[str | None, list[Row]] = defaultdict(list)
    for link in links:
        by_dataset[link.dataset_id].append(link)
    found: dict[str | None, list[Linked]] = {}
    for dataset_id, own in by_dataset.items():
        found[dataset_id] = []
        for place, link in enumerate(own, 1):
            ends = [link.revoked_at, *(following.confirmed_at for following in own[place : place + 1])]
            end = min((one for one in ends if one is not None), default=None)
            found[dataset_id].append((link.confirmed_at, end))
    return found


def _spans_of(
    row: EventRecord, times: Mapping[str | None, list[Linked]], links: Sequence[Row]
) -> list[Linked]:
    """The times in which an event is seen, never two at once; before its own link by the first of all."""
    own = times.get(row.dataset_id)
    if not own:
        return [(None, None)]
    first = own[0][0]
    if first is not None and links[0].confirmed_at < first and row.recorded_at < first:
        return [(None, first), *own]
    return own


def _event(row: EventRecord, named: Mapping[str, Period], span: Linked) -> DataEvent:
    linked_at, unlinked_at = span
    return DataEvent(
        row.id,
        KINDS[row.kind],
        row.at,
        row.recorded_at,
        PLACES[row.place],
        row.content_hash,
        row.rows,
        _set(row.columns),
        _set(row.regions),
        GRADES[row.grade],
        row.live_read_at,
        named.get(row.id) if row.covers_last is None else _period(row.covers_first, row.covers_last, False),
        run_id=row.run_id,
        dataset_id=row.dataset_id,
        linked_at=linked_at,
        unlinked_at=unlinked_at,
        label=label_of(row.kind, row.note) if row.note else None,
    )


@cache
def _set(listed: str | None) -> frozenset[str] | None:
    return None if listed is None else frozenset(json.loads(listed))


def _force(span: Row, tz: tzinfo) -> Force:
    return Force(
        since=datetime.combine(span.in_force_from, time.min, tz),
        recorded_at=span.recorded_at,
        until=datetime.combine(span.in_force_to, time.min, tz) if span.in_force_to else None,
        until_recorded_at=span.ended_at,
    )


def _measured(required: Requirements, events: Sequence[EventRecord]) -> Requirements:
    """Where the list names no column, a mapping may: its events then tell the regions they measured."""
    if not required.is_coverage_undefined:
        return required
    told = (event.recorded_at for event in events if event.regions is not None)
    return replace(required, measured_from=min(told, default=None))


def _lives(links: Sequence[Row], events: Sequence[EventRecord]) -> Iterator[tuple[datetime, datetime | None]]:
    """When each link led to a public dataset; a withdrawal that the events tell is theirs to tell."""
    for link in links:
        end = link.revoked_at
        if end is None and not is_shown(link) and not _is_withdrawn(link.dataset_id, events):
            end = link.metadata_modified.replace(tzinfo=UTC) if link.state else link.confirmed_at
        yield link.confirmed_at, end


def _is_withdrawn(dataset_id: str, events: Sequence[EventRecord]) -> bool:
    shown = (event.kind for event in reversed(events) if event.dataset_id == dataset_id)
    return next((kind for kind in shown if kind in _SHOWS_DATA), None) == EventKind.withdrawn
