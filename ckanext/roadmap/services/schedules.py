"""When the sources of mappings are read: what is due, and what has to wait until its window opens."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ckan import model as core

from ckanext.harvest.model import HarvestObject
from ckanext.roadmap import config
from ckanext.roadmap.domain.window import Window
from ckanext.roadmap.model.mapping import Mapping
from ckanext.roadmap.model.run import Run
from ckanext.roadmap.presentation.refusals import refusal
from ckanext.roadmap.services import connections, pushing
from ckanext.roadmap.services.timetable import Attempts, Schedule

CLOSED = "window_closed"


def schedule_of(definition: dict[str, Any]) -> Schedule | None:
    """The times that a mapping names, if it does."""
    found = definition.get("schedule")
    if not found:
        return None
    window = Window.parse(found["window"]) if found.get("window") else None
    return Schedule(found["cron"], window, config.timezone())


def told(definition: dict[str, Any], now: datetime) -> dict[str, Any] | None:
    """Cron, window, whether it is open, and the next moment, as the API gives them."""
    schedule = schedule_of(definition)
    if schedule is None:
        return None
    return {
        "cron": schedule.cron,
        "window": str(schedule.window) if schedule.window else None,
        "open": schedule.is_open(now),
        "next_at": schedule.next_at(now).isoformat(),
    }


def due(session: Session, now: datetime) -> list[Mapping]:
    """The mappings that are to be read now, by name."""
    return [row for row in session.scalars(Mapping.select_all()) if _is_due(session, now, row)]


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


def _is_due(session: Session, now: datetime, row: Mapping) -> bool:
    schedule = schedule_of(row.definition)
    if _is_first_push(session, row):
        return True
    return schedule is not None and schedule.is_due(now, row.updated_at, _attempts(session, row))


def _is_first_push(session: Session, row: Mapping) -> bool:
    """Whether rows were pushed for a dataset that is still to be made, and no harvest has seen them."""
    read = pushing.read_at(row)
    if read is None or core.Package.get(row.dataset_id) is not None:
        return False
    tried = _attempts(session, row).tried
    return tried is None or tried < read


def _attempts(session: Session, row: Mapping) -> Attempts:
    waited = sa.and_(Run.error.is_not(None), Run.error["code"].astext == CLOSED)
    begun = sa.select(sa.func.max(Run.started_at).filter(sa.not_(waited)), sa.func.max(Run.started_at)).where(
        Run.mapping_id == row.id
    )
    read, tried = session.execute(begun).one()
    found: Any = HarvestObject
    gathered = session.query(sa.func.max(found.gathered)).filter(found.guid == row.id).scalar()
    moments = [tried, gathered and gathered.replace(tzinfo=UTC)]
    return Attempts(read, max(filter(None, moments), default=None))
