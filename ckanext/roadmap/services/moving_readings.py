"""Readings of other catalogues: page by page, so that a killed one goes on where it was."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from contextlib import closing
from datetime import datetime

from sqlalchemy.orm import Session

from ckanext.roadmap.domain.origin import MoveState, Origin, Remark, RowsState, counted, may_vanish
from ckanext.roadmap.model import MovedDataset, MovedPublisher, MovedReading
from ckanext.roadmap.model.columns import new_id
from ckanext.roadmap.services import moving_publishers
from ckanext.roadmap.services.bodies import Register
from ckanext.roadmap.sources.catalogues import Page

MOST_REMARKS = 200
AT_ONCE = 500
"""So many of a catalogue's datasets are held in memory."""
UNKNOWN_PUBLISHER = "publisher_unknown"


def begin(session: Session, now: datetime, connection: str, reading_id: str) -> MovedReading:
    """The reading of that id, as far as it has come; the caller commits."""
    found = session.get(MovedReading, reading_id)
    if found is None:
        found = MovedReading(
            id=reading_id, connection=connection, cursor="", counts={}, remarks=[], faults=[], started_at=now
        )
        session.add(found)
        session.flush()
    return found


def take(
    session: Session, now: datetime, reading: MovedReading, page: Page, has_rows: bool, register: Register
) -> None:
    """Note a page; the caller commits, so that it is noted with where to go on."""
    publishers = moving_publishers.settle(session, now, reading.connection, page.items, register)
    keys = [one.key for one in page.items]
    known = {row.key: row for row in session.scalars(MovedDataset.of_keys(reading.connection, keys))}
    counts = Counter[str](reading.counts)
    for origin in page.items:
        row = known.get(origin.key)
        if row is not None and row.seen_in == reading.id:
            counts["repeated"] += 1
            continue
        if row is None:
            known[origin.key] = row = _first(now, reading, origin)
            session.add(row)
        counts["seen"] += 1
        counts[_note(row, origin, reading, has_rows)] += 1
        _know(row, publishers[origin.publisher.key])
        counts["waiting"] += row.reason == UNKNOWN_PUBLISHER
    reading.counts, reading.cursor = dict(counts), page.next
    reading.total = reading.total if page.total is None else page.total
    _remark(reading, [*page.remarks, *(remark for one in page.items for remark in one.remarks)])
    session.flush()


def due(session: Session, reading: MovedReading) -> list[str]:
    """The ids of what a reading has seen and is to be moved, or moved anew."""
    known = MovedPublisher.known(reading.connection)
    query = MovedDataset.in_reading(reading.connection, reading.id).where(
        MovedDataset.publisher_key.in_(known)
    )
    with closing(session.scalars(query.execution_options(yield_per=AT_ONCE))) as rows:
        return [row.id for row in rows if _is_due(row)]


def skip(reading: MovedReading, at: str, onward: str, fault: dict[str, object]) -> None:
    """Note a page that could not be read, and go on behind it."""
    reading.faults = [*reading.faults, {**fault, "at": at}]
    reading.cursor = onward


def finish(session: Session, now: datetime, reading: MovedReading, most_percent: int) -> None:
    """End a reading: what a whole one has not seen is marked as vanished there, and stays here."""
    reading.finished_at = now
    gone = session.scalars(MovedDataset.unseen(reading.connection, reading.id)).all()
    seen = int(reading.counts.get("seen", 0))
    if not gone:
        return
    if reading.faults or seen < (reading.total or 0) or not seen:
        reading.faults = [*reading.faults, {"code": "vanished_unsure", "params": {"count": len(gone)}}]
    elif not may_vanish(seen + len(gone), len(gone), most_percent):
        params = {"count": len(gone), "most": most_percent}
        reading.faults = [*reading.faults, {"code": "vanished_many", "params": params}]
    else:
        for row in gone:
            row.state, row.vanished_at = str(MoveState.vanished), now
        reading.counts = {**reading.counts, "vanished": len(gone)}


def rows_stamp(row: MovedDataset) -> str:
    """Changes when the catalogue says that rows have changed."""
    return f"{row.origin.get('updated')} {row.origin.get('rows')}"


def _first(now: datetime, reading: MovedReading, origin: Origin) -> MovedDataset:
    return MovedDataset(
        id=new_id(),
        connection=reading.connection,
        key=origin.key,
        digest="",
        dataset_id=new_id(),
        resource_id=new_id(),
        state=str(MoveState.waiting),
        rows_state=str(RowsState.none),
        first_seen_at=now,
    )


def _note(row: MovedDataset, origin: Origin, reading: MovedReading, has_rows: bool) -> str:
    """Write what the catalogue gives now.

    :returns: what it is beside what it gave before
    """
    digest, before = origin.digest(), row.digest
    row.seen_in, row.digest, row.updated = reading.id, digest, origin.updated
    row.origin, row.identifier = origin.to_dict(), origin.identifier
    row.publisher_key = origin.publisher.key
    row.remarks = [{"code": one.code, "value": one.value} for one in origin.remarks]
    if row.rows_state == RowsState.none and has_rows and origin.rows != 0:
        row.rows_state = str(RowsState.waiting)
    came_back = row.state == MoveState.vanished
    if came_back:
        row.state, row.vanished_at = str(MoveState.moved if row.moved_at else MoveState.waiting), None
    if not before:
        return "new"
    return "returned" if came_back else "unchanged" if before == digest else "changed"


def _know(row: MovedDataset, publisher: MovedPublisher) -> None:
    """A dataset whose publisher nobody knows waits; one that moved before stays as it is."""
    if publisher.body_id is None:
        row.reason, row.params = UNKNOWN_PUBLISHER, {"title": publisher.title}
    elif row.reason == UNKNOWN_PUBLISHER:
        row.reason = row.params = None


def _is_due(row: MovedDataset) -> bool:
    if row.moved_digest != row.digest:
        return True
    return row.rows_state not in (RowsState.none, RowsState.held) and row.rows_digest != rows_stamp(row)


def _remark(reading: MovedReading, remarks: Sequence[Remark]) -> None:
    tally = {(one["code"], one["value"]): dict(one) for one in reading.remarks}
    for one in counted(remarks):
        found = tally.setdefault((one["code"], one["value"]), {**one, "times": 0})
        found["times"] += one["times"]
    reading.remarks = sorted(tally.values(), key=lambda one: -one["times"])[:MOST_REMARKS]
