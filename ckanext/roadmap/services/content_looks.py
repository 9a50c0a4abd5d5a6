"""Records what the portal's own files and tables hold, and the data events that follow from it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ckanext.roadmap.domain.content import Content, Label, Verdict
from ckanext.roadmap.domain.event import EventKind, Grade, Place
from ckanext.roadmap.domain.portion import Portion, judge_whole, of_data, whole
from ckanext.roadmap.domain.region import regions_in
from ckanext.roadmap.model import ContentLookRow, ContentMark, DataEventRow
from ckanext.roadmap.model.columns import new_id
from ckanext.roadmap.services import events, ledger, moving_baseline, shown_before
from ckanext.roadmap.services.content_portions import SHOWN, Answered, Held, Subject

SOURCES = {"file": "upload", "table": "datastore"}


@dataclass(frozen=True, slots=True)
class Sighting:
    """What was read in a file or table; no content: nothing is in it."""

    content: Content | None
    stamp: str | None = None
    raw_hash: str | None = None
    is_written: bool = False


def record(
    session: Session,
    now: datetime,
    subject: Subject,
    sightings: Mapping[str, Sighting],
    marks: Sequence[ContentMark],
) -> list[str] | None:
    """Append what was seen and the events that follow, and take the marks away; the caller commits.

    The time of the data is that of the write, which the portal noted itself.

    :param sightings: by resource; those that were not read anew are left out
    :returns: the kinds of the events; None: somebody else has looked meanwhile
    """
    ledger.lock(session, ContentLookRow)
    standing = {row.id for row in session.scalars(ContentLookRow.newest(subject.dataset_id))}
    if not {row.id for row in _lasts(subject)} <= standing:
        return None
    at = max((mark.touched_at for mark in marks), default=now)
    seen = frozenset(filter(None, session.scalars(ContentLookRow.hashes(subject.dataset_id))))
    news = [one for one in subject.held if _is_news(one, sightings.get(one.resource_id))]
    rows = [_row(subject, one, sightings[one.resource_id], at) for one in news]
    ledger.append(session, now, [*rows, *(_gone(row, at) for row in subject.gone)])
    for mark in marks:
        session.execute(ContentMark.clear(mark))
    told = [_tell(session, now, at, subject, answer, sightings, seen) for answer in subject.answers]
    return [str(kind) for kind in told if kind is not None]


def _lasts(subject: Subject) -> list[ContentLookRow]:
    return [*(one.last for one in subject.held if one.last is not None), *subject.gone]


def _is_news(held: Held, sighting: Sighting | None) -> bool:
    """Whether a look is worth a row: something is other, or was written anew."""
    if sighting is None or (held.last is None and sighting.content is None):
        return False
    last = held.last
    return (
        last is None
        or sighting.is_written
        or sighting.stamp != last.stamp
        or sighting.content != last.content
    )


def _row(subject: Subject, held: Held, sighting: Sighting, at: datetime) -> ContentLookRow:
    content = sighting.content
    codes = {name: sorted(values) for name, values in content.codes.items()} if content else {}
    portion = Portion(content, _before(held, sighting), sighting.is_written)
    verdict = judge_whole([portion], frozenset(), frozenset())
    return ContentLookRow(
        id=new_id(),
        dataset_id=subject.dataset_id,
        resource_id=held.resource_id,
        origin=held.origin,
        at=at,
        stamp=sighting.stamp,
        raw_hash=sighting.raw_hash,
        content_hash=content and content.content_hash,
        core_hash=content and content.core_hash,
        rows=content and content.rows,
        columns=sorted(content.columns) if content and content.columns is not None else None,
        codes=codes or None,
        label=verdict.label if verdict else None,
    )


def _gone(row: ContentLookRow, at: datetime) -> ContentLookRow:
    return ContentLookRow(
        id=new_id(),
        dataset_id=row.dataset_id,
        resource_id=row.resource_id,
        origin=row.origin,
        at=at,
        label=Label.part_removed,
    )


def _tell(
    session: Session,
    now: datetime,
    at: datetime,
    subject: Subject,
    answer: Answered,
    sightings: Mapping[str, Sighting],
    seen: frozenset[str],
) -> EventKind | None:
    """The event for one obligation, if there is anything to tell."""
    held = [one for one in subject.held if answer.resource_id in (None, one.resource_id)]
    portions = [_portion(one, sightings.get(one.resource_id)) for one in held]
    portions += [
        Portion(None, row.content) for row in subject.gone if answer.resource_id in (None, row.resource_id)
    ]
    portions = of_data(portions)
    content, newest = whole(portions), session.scalar(_newest(subject, answer))
    if content is None:
        # what a load run or a link brings is not the portal's own: an edit takes nothing of it away
        return _withdraw(session, now, at, subject, answer) if portions and newest in _STANDS else None
    told = frozenset(filter(None, session.scalars(_told(answer))))
    verdict = judge_whole(portions, seen, told)
    if newest is None:
        is_old = verdict is None or verdict.label is Label.resaved
        at = _first_seen(session, held, at) if is_old else at
        verdict = _first(
            portions, shown_before.hashes(session, answer.obligation_id, subject.dataset_id), told
        )
    elif newest == EventKind.withdrawn and (verdict is None or not verdict.is_changed):
        verdict = Verdict(is_changed=False, label=Label.public_again)
    if verdict is None:
        return None
    return _write(session, now, at, subject, answer, held, content, verdict, newest is None)


def _first(portions: Sequence[Portion], before: frozenset[str], told: frozenset[str]) -> Verdict:
    """What data of a dataset are that was never seen: new, or moved here from another of the obligation."""
    verdict = judge_whole([Portion(one.now, None) for one in portions], before, told)
    is_moved = verdict is not None and verdict.label is Label.flip_flop
    return verdict if verdict is not None and is_moved else Verdict(is_changed=True)


_STANDS = (EventKind.changed, EventKind.unchanged)


def _portion(held: Held, sighting: Sighting | None) -> Portion:
    last = held.last.content if held.last else None
    if sighting is None:
        return Portion(last, last)
    return Portion(sighting.content, _before(held, sighting), sighting.is_written)


def _before(held: Held, sighting: Sighting) -> Content | None:
    """What the last look saw; the same bytes hold the same, also where they are read in another way since."""
    last = held.last
    is_same = last is not None and sighting.raw_hash is not None and sighting.raw_hash == last.raw_hash
    return sighting.content if is_same else last and last.content


def _write(
    session: Session,
    now: datetime,
    at: datetime,
    subject: Subject,
    answer: Answered,
    held: Sequence[Held],
    content: Content,
    verdict: Verdict,
    is_first: bool,
) -> EventKind:
    kind = EventKind.changed if verdict.is_changed else EventKind.unchanged
    grade = Grade.measured
    if is_first:
        at, grade = moving_baseline.first_event(
            session, subject.dataset_id, [one.resource_id for one in held], at
        )
    codes = content.codes.get(answer.region_column or "")
    origins = {one.origin for one in held}
    events.record(
        session,
        now,
        obligation_ids=[answer.obligation_id],
        kind=kind,
        at=at,
        grade=grade,
        source=SOURCES[origins.pop()] if len(origins) == 1 else "portal",
        dataset_id=subject.dataset_id,
        resource_id=held[0].resource_id if len(held) == 1 else None,
        content_hash=content.content_hash,
        rows=content.rows,
        columns=None if content.columns is None else sorted(content.columns),
        regions=None if codes is None else sorted(regions_in(codes)),
        note=verdict.label,
    )
    return kind


def _withdraw(session: Session, now: datetime, at: datetime, subject: Subject, answer: Answered) -> EventKind:
    events.record(
        session,
        now,
        obligation_ids=[answer.obligation_id],
        kind=EventKind.withdrawn,
        at=at,
        grade=Grade.measured,
        source="portal",
        dataset_id=subject.dataset_id,
    )
    return EventKind.withdrawn


def _first_seen(session: Session, held: Sequence[Held], at: datetime) -> datetime:
    """When all that stands now was first seen; a link that is confirmed later does not make it younger."""
    firsts = [
        session.scalars(ContentLookRow.first_seen(one.resource_id, one.last.content_hash)).first()
        for one in held
        if one.last is not None and one.last.content_hash is not None
    ]
    times = [row.at for row in firsts if row is not None]
    return max(times) if len(times) == len(held) else at


def _newest(subject: Subject, answer: Answered) -> sa.Select[tuple[str]]:
    return (
        sa.select(DataEventRow.kind)
        .where(DataEventRow.obligation_id == answer.obligation_id)
        .where(DataEventRow.dataset_id == subject.dataset_id, DataEventRow.place == Place.portal)
        .where(DataEventRow.kind.in_(SHOWN))
        .order_by(DataEventRow.seq.desc())
        .limit(1)
    )


def _told(answer: Answered) -> sa.Select[tuple[str | None]]:
    return sa.select(DataEventRow.content_hash).where(
        DataEventRow.obligation_id == answer.obligation_id, DataEventRow.place == Place.portal
    )
