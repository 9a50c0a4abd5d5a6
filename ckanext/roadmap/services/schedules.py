"""When the sources of mappings are read: what is due, and what has to wait until its window opens."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from ckan import model as core

from ckanext.roadmap import config
from ckanext.roadmap.domain.window import Window
from ckanext.roadmap.model.mapping import Mapping
from ckanext.roadmap.presentation.refusals import refusal
from ckanext.roadmap.services import attempts, connections, pushing
from ckanext.roadmap.services.timetable import NOTHING, Attempts, Schedule

CLOSED = "window_closed"


def schedule_of(definition: dict[str, Any]) -> Schedule | None:
    """The times that a mapping names, if it does."""
    found = definition.get("schedule")
    if not found:
        return None
    window = Window.parse(found["window"]) if found.get("window") else None
    return Schedule(found["cron"], window, config.timezone())


def told(session: Session, now: datetime, rows: Sequence[Mapping]) -> dict[str, dict[str, Any]]:
    """Cron, window, whether it is open, and the next reading, as the API gives them, by id of the mapping."""
    found = _schedules(rows)
    done = attempts.since(session, {key: one.moment(now) for key, one in found.items()})
    written = {row.id: row.updated_at for row in rows}
    return {key: _told(one, now, written[key], done.get(key, NOTHING)) for key, one in found.items()}


def due(session: Session, now: datetime) -> list[Mapping]:
    """The mappings that are to be read now, by name."""
    rows = session.scalars(Mapping.select_all()).all()
    found = _schedules(rows)
    done = attempts.since(session, {key: one.moment(now) for key, one in found.items()})

    def is_due(row: Mapping) -> bool:
        schedule = found.get(row.id)
        return schedule is not None and schedule.is_due(now, row.updated_at, done.get(row.id, NOTHING))

    return [row for row in rows if is_due(row) or _is_first_push(session, row)]


def is_closed(connection: str, definition: dict[str, Any], now: datetime) -> bool:
    """Whether a source may not be read now; what an agent pushes is not read by the portal."""
    schedule = schedule_of(definition)
    return schedule is not None and not schedule.is_open(now) and not connections.is_pushed(connection)


def refuse_closed(connection: str, definition: dict[str, Any], now: datetime) -> None:
    """Leave a source alone outside its window.

    :raises RoadmapError: it may not be read now
    """
    if is_closed(connection, definition, now):
        raise refusal(CLOSED, window=definition["schedule"]["window"])


def _is_first_push(session: Session, row: Mapping) -> bool:
    """Whether rows were pushed for a dataset that is still to be made, and no harvest has seen them."""
    read = pushing.read_at(row)
    if read is None or core.Package.get(row.dataset_id) is not None:
        return False
    tried = attempts.newest(session, row.id)
    return tried is None or tried < read


def _schedules(rows: Sequence[Mapping]) -> dict[str, Schedule]:
    found = {row.id: schedule_of(row.definition) for row in rows}
    return {key: one for key, one in found.items() if one is not None}


def _told(schedule: Schedule, now: datetime, written: datetime, done: Attempts) -> dict[str, Any]:
    return {
        "cron": schedule.cron,
        "window": str(schedule.window) if schedule.window else None,
        "open": schedule.is_open(now),
        "next_at": schedule.next_at(now, written, done).isoformat(),
        "again": schedule.is_again(now, written, done),
    }
