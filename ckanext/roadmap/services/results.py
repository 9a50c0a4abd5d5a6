"""Stored results of the status rule, made from whole obligations; they can be made again at will."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, tzinfo
from functools import lru_cache
from itertools import islice
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from ckanext.roadmap.domain.calendar import Period, quarter_of
from ckanext.roadmap.domain.standing import Stand, stand
from ckanext.roadmap.domain.status import days_late
from ckanext.roadmap.domain.timeline import Course, courses
from ckanext.roadmap.domain.touching import Touched, touched
from ckanext.roadmap.model import BodySheet, CourseRow, SheetRow, StaleMark, StandRow, TallyTime, TouchedRow
from ckanext.roadmap.services import clock, histories, told_past
from ckanext.roadmap.services.histories import History, Holder, holder_on

BATCH = 200
_LONG_AGO = datetime(1, 1, 1, tzinfo=UTC)
COURSE = tuple(CourseRow.__table__.columns.keys())
STAND = tuple(StandRow.__table__.columns.keys())
TOUCHED = tuple(TouchedRow.__table__.columns.keys())
TABLES = (CourseRow.__tablename__, StandRow.__tablename__, TouchedRow.__tablename__)
Line = tuple[str, ...]
Piece = tuple[Holder, list[datetime], list[int], datetime | None]
Seen = list[tuple[datetime, str, int]]


def refresh(session: Session, tz: tzinfo) -> int:
    """Make again what was marked since the last time; readers wait for one another. The caller commits.

    The sums of the bodies concerned hold no longer.

    :returns: how many obligations were marked
    """
    if session.execute(sa.select(StaleMark.id).limit(1)).first() is None:
        return 0
    lock(session)
    found_marks = marks(session)
    ids = sorted(set(found_marks.values()))
    lists, bodies = histories.Lists(session), set[str]()
    for batch in batches(ids):
        found = list(histories.load(session, lists, batch, tz))
        bodies |= {holder.body_id for history in found for holder in history.holders}
        with told_past.watched(session, clock.now(), batch):
            bodies |= forget(session, batch)
            put(session, tell(found, tz))
    unmark(session, found_marks)
    _expire(session, bodies)
    return len(ids)


def marks(session: Session) -> dict[int, str]:
    """Which obligations were written to since their results were made, by the marks' ids."""
    return dict(session.execute(sa.select(StaleMark.id, StaleMark.obligation_id)).tuples().all())


def unmark(session: Session, done: Iterable[int]) -> None:
    """Their results are true again; what was marked meanwhile stays marked."""
    for some in batches(list(done), 10_000):
        session.execute(sa.delete(StaleMark).where(StaleMark.id.in_(some)))


def _expire(session: Session, bodies: set[str]) -> None:
    session.execute(BodySheet.forget(bodies))
    gone = [{"body_id": body_id, "since": _LONG_AGO, "until": _LONG_AGO} for body_id in sorted(bodies)]
    if gone:
        fresh = insert(TallyTime).values(gone)
        session.execute(fresh.on_conflict_do_update(index_elements=["body_id"], set_={"until": _LONG_AGO}))


def lock(session: Session) -> None:
    """Let nobody else write results until the transaction ends."""
    session.execute(sa.select(sa.func.pg_advisory_xact_lock(sa.func.hashtext(CourseRow.__tablename__))))


def forget(session: Session, obligation_ids: Sequence[str]) -> set[str]:
    """Delete the results of these obligations; the ids of the bodies that they told of."""
    bodies = set[str]()
    session.execute(SheetRow.forget(obligation_ids))
    for table in (CourseRow, StandRow, TouchedRow):
        gone = sa.delete(table).where(table.obligation_id.in_(obligation_ids)).returning(table.body_id)
        bodies |= set(session.scalars(gone))
    return bodies


@dataclass(frozen=True, slots=True)
class Told:
    """Results as lines for COPY, one text for each of the tables, and of how many deadlines."""

    deadlines: int
    lines: tuple[bytes, ...]


def tell(found: Iterable[History], tz: tzinfo) -> Told:
    """The results of these obligations."""
    deadlines = 0
    lines: tuple[list[str], list[str], list[str]] = ([], [], [])
    for history in found:
        whole = courses(history.facts)
        deadlines += len(history.facts.deadlines)
        for course in whole:
            lines[0].extend(_course_lines(course, history, tz))
        lines[1].extend(_stand_lines(stand(history.facts, whole), history))
        lines[2].extend(_touched_lines(history, tz))
    return Told(deadlines, tuple("".join(told).encode() for told in lines))


def put(session: Session, told: Told, tables: tuple[str, ...] = TABLES) -> None:
    """Store results in tables of the given names."""
    connection: Any = session.connection().connection
    for table, columns, lines in zip(tables, (COURSE, STAND, TOUCHED), told.lines, strict=True):
        with connection.cursor() as cursor:
            cursor.copy_expert(f"COPY {table} ({', '.join(columns)}) FROM STDIN", io.BytesIO(lines))


def batches(things: Sequence[Any], size: int = BATCH) -> Iterator[list[Any]]:
    """The things, so many at a time."""
    rest = iter(things)
    while batch := list(islice(rest, size)):
        yield batch


def _course_lines(course: Course, history: History, tz: tzinfo) -> Iterator[str]:
    deadline, event = course.deadline, course.event
    quarter = _quarter(deadline.grace_until.astimezone(tz).date())
    met_at = event.at if event else None
    late = days_late(deadline.due_at, met_at, met_at) if met_at else None
    for place, (holder, instants, states, until) in _pieces(course, history.holders, course.until):
        told_by = holder_on(history.holders[:place], quarter.last)
        yield _line(
            deadline.id,
            _iso(instants[0]),
            _iso(until) if until else None,
            history.obligation_id,
            holder.body_id,
            told_by.body_id,
            _plain(holder.sphere),
            quarter.code,
            _iso(deadline.due_at),
            _iso(met_at) if met_at else None,
            late,
            "t" if event is not None and event.run_id else "f",
            _array(map(_iso, instants)),
            _array(map(_number, states)),
        )


def _stand_lines(found: Stand, history: History) -> Iterator[str]:
    for _place, (holder, instants, states, until) in _pieces(found, history.holders, None):
        yield _line(
            history.obligation_id,
            _iso(instants[0]),
            _iso(until) if until else None,
            holder.body_id,
            _plain(holder.sphere),
            _array(map(_iso, instants)),
            _array(map(_number, states)),
        )


def _touched_lines(history: History, tz: tzinfo) -> Iterator[str]:
    """Each by whoever held the obligation at the end of its quarter."""
    for one in touched(history.events, tz):
        for holder, found in _by_holder(one, history.holders):
            yield _line(
                history.obligation_id,
                _iso(one.since),
                _iso(one.until) if one.until else None,
                holder.body_id,
                _plain(holder.sphere),
                _array(_iso(instant) for instant, _quarter, _touch in found),
                _array(quarter for _instant, quarter, _touch in found),
                _array(_number(touch) for _instant, _quarter, touch in found),
            )


def _by_holder(one: Touched, holders: Sequence[Holder]) -> Iterator[tuple[Holder, Seen]]:
    rows = [*zip(one.instants, one.quarters, one.touches, strict=True)]
    if len(holders) == 1:
        yield holders[0], rows
        return
    found: dict[str, tuple[Holder, Seen]] = {}
    for row in rows:
        holder = holder_on(holders, _period(row[1]).last)
        found.setdefault(holder.body_id, (holder, []))[1].append(row)
    yield from found.values()


def _pieces(
    whole: Course | Stand, holders: Sequence[Holder], until: datetime | None
) -> Iterator[tuple[int, Piece]]:
    """What fell to each holder of the obligation, and how many holders were known then."""
    if len(holders) == 1:
        yield 1, (holders[0], whole.instants, whole.states, until)
        return
    for place, holder in enumerate(holders, 1):
        ends = [until, *(following.since for following in holders[place : place + 1])]
        end = min((one for one in ends if one is not None), default=None)
        start = holder.since if holder is not holders[0] else min(holder.since, whole.instants[0])
        held = _between(whole, start, end)
        if held:
            yield place, (holder, [instant for instant, _ in held], [state for _, state in held], end)


def _between(whole: Course | Stand, start: datetime, end: datetime | None) -> list[tuple[datetime, int]]:
    """The states of a time, the first one from its beginning."""
    before: list[tuple[datetime, int]] = []
    held: list[tuple[datetime, int]] = []
    for instant, state in zip(whole.instants, whole.states, strict=True):
        if instant <= start:
            before = [(start, state)]
        elif end is None or instant < end:
            held.append((instant, state))
    return before + held if end is None or start < end else []


@lru_cache(maxsize=10_000)
def _quarter(day: date) -> Period:
    return quarter_of(day)


_period = lru_cache(maxsize=10_000)(Period.parse)


_iso = lru_cache(maxsize=50_000)(datetime.isoformat)  # most instants are told several times
_number = lru_cache(maxsize=10_000)(str)


def _line(*values: str | int | None) -> str:
    return "\t".join(["\\N" if value is None else str(value) for value in values]) + "\n"


def _array(values: Iterable[str]) -> str:
    return "{" + ",".join(values) + "}"


def _plain(value: str) -> str:
    """A text as COPY reads it."""
    return value.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n").replace("\r", "\\r")
