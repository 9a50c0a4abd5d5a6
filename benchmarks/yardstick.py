"""The yardstick: the same rows copied out of PostgreSQL once, and parsed into the rule's records."""

from __future__ import annotations

import csv
import json
import tempfile
import time
from datetime import date, datetime, timedelta
from functools import cache
from typing import IO, Any

from ckanext.roadmap.domain.calendar import Period
from ckanext.roadmap.domain.deadline import Deadline
from ckanext.roadmap.domain.event import DataEvent, EventKind, Grade, Place
from ckanext.roadmap.domain.term import Frequency

from benchmarks.synthetic import TZ

DEADLINES = """
    COPY (SELECT d.id, d.obligation_id, r.frequency, d.period_start, d.period_last, d.due_at, d.grace_days,
        d.recorded_at, r.id FROM roadmap_deadline d JOIN roadmap_obligation_term t USING (obligation_id)
        JOIN roadmap_item_revision r ON r.id = t.revision_id) TO STDOUT CSV
"""
EVENTS = """
    COPY (SELECT id, obligation_id, dataset_id, kind, at, recorded_at, place, grade, run_id, content_hash,
        rows, note, live_read_at, columns, regions, covers_first, covers_last
        FROM roadmap_data_event) TO STDOUT CSV
"""


def parse(connection: Any) -> float:
    """Seconds of copying and parsing deadlines and events; the records are let go as they are made."""
    began = time.perf_counter()
    for statement, make in ((DEADLINES, _deadline), (EVENTS, _event)):
        with tempfile.TemporaryFile("w+", newline="") as file:
            with connection.cursor() as cursor:
                cursor.copy_expert(statement, file)
            file.seek(0)
            _read(file, make)
    return time.perf_counter() - began


def _read(file: IO[str], make: Any) -> None:
    for line in csv.reader(file):
        make(*line)


def _deadline(id: str, obligation: str, frequency: str, *rest: str) -> Deadline:
    start, last, due_at, grace_days, recorded_at, revision = rest
    return Deadline.from_record(
        id=id,
        obligation_id=obligation,
        frequency=Frequency(frequency),
        period=Period(date.fromisoformat(start), date.fromisoformat(last)),
        due_at=datetime.fromisoformat(due_at),
        grace=timedelta(days=int(grace_days)),
        tz=TZ,
        recorded_at=datetime.fromisoformat(recorded_at),
        revision_id=revision,
    )


def _event(
    id: str, _obligation: str, dataset: str, kind: str, at: str, recorded_at: str, *rest: str
) -> DataEvent:
    place, grade, run_id, content_hash, rows, _note, live_read_at, columns, regions, first, last = rest
    return DataEvent(
        id=id,
        kind=EventKind(kind),
        at=datetime.fromisoformat(at),
        recorded_at=datetime.fromisoformat(recorded_at),
        place=Place(place),
        content_hash=content_hash,
        rows=int(rows) if rows else None,
        columns=_set(columns),
        regions=_set(regions),
        grade=Grade(grade),
        live_read_at=datetime.fromisoformat(live_read_at) if live_read_at else None,
        covers=Period(date.fromisoformat(first), date.fromisoformat(last)) if first else None,
        run_id=run_id,
        dataset_id=dataset,
    )


@cache
def _set(listed: str) -> frozenset[str] | None:
    return frozenset(json.loads(listed)) if listed else None
