"""Looks at connections before they are read, and the hours in which their mappings may read them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from ckanext.roadmap.loading.extract import is_web, kind_of
from ckanext.roadmap.model.mapping import Mapping
from ckanext.roadmap.services import connections, schedules
from ckanext.roadmap.sources.look import Look


def look(session: Session, name: str, clock: Callable[[], datetime]) -> Look:
    """Whether a connection can be used, what its account may do, how its clock goes.

    The table, file or path of its first mapping is asked for, where there is one. Outside the window of one
    of its mappings none is, and what answers with rows is not asked at all.

    :raises RoadmapError: it can't be reached, or may not be at this hour; scrubbed
    """
    found = connections.access(name)
    rows = session.scalars(Mapping.of_connection(name)).all()
    closed = [row for row in rows if schedules.is_closed(name, row.definition, clock())]
    if closed and is_web(found.url):
        schedules.refuse_closed(name, closed[0].definition, clock())
    table = rows[0].source_table if rows and not closed else ""
    return kind_of(found).look(found, table, clock)


def windows(session: Session, name: str, now: datetime) -> list[dict[str, Any]]:
    """The hours in which a connection may be read, with the mappings that say so."""
    told = defaultdict[str, list[str]](list)
    is_open: dict[str, bool] = {}
    for row in session.scalars(Mapping.of_connection(name)):
        schedule = schedules.schedule_of(row.definition)
        if schedule and schedule.window:
            told[str(schedule.window)].append(row.name)
            is_open[str(schedule.window)] = schedule.is_open(now)
    return [{"window": window, "open": is_open[window], "mappings": names} for window, names in told.items()]
