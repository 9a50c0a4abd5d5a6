"""What moved here from another catalogue, what did not, and why."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ckan import model as core

from ckanext.roadmap.domain.errors import RoadmapError
from ckanext.roadmap.model import Body, MovedDataset, MovedPublisher, MovedReading
from ckanext.roadmap.services import bodies, moving_readings
from ckanext.roadmap.sources.catalogues import Catalogue

DRY = "dry"
UNREADABLE = 3


def check(
    session: Session, now: datetime, connection: str, catalogue: Catalogue, most: int
) -> dict[str, Any]:
    """Read a catalogue as a harvest would; the caller takes all that is written back.

    :raises SourceError: its first page cannot be read
    """
    reading = moving_readings.begin(session, now, connection, f"{DRY} {now.isoformat()}")
    register, broken = bodies.load_register(session), 0
    for number in range(most):
        at = reading.cursor
        try:
            page = catalogue.page(at)
        except RoadmapError as error:
            broken += 1
            if number == 0:
                raise
            onward = "" if broken == UNREADABLE else catalogue.beyond(at)
            moving_readings.skip(reading, at, onward, {"code": error.code, "params": dict(error.params)})
        else:
            moving_readings.take(session, now, reading, page, catalogue.has_rows, register)
            broken = 0
        if reading.cursor in ("", at):
            moving_readings.finish(session, now, reading, 100)
            break
    work = len(moving_readings.due(session, reading))
    return {**_reading(reading), "due": work, "publishers": publishers(session, connection, unknown=True)}


def overview(session: Session, connection: str) -> dict[str, Any]:
    """The last reading, numbers by state and reason, and the publishers nobody knows."""
    reading = session.scalars(MovedReading.newest(connection)).first()
    return {
        "reading": _reading(reading) if reading else None,
        "states": _states(session, connection),
        "publishers": publishers(session, connection, unknown=True),
    }


def rows(
    session: Session, connection: str, state: str, q: str, limit: int, offset: int
) -> tuple[int, list[dict[str, Any]]]:
    """Datasets of a catalogue, and how many there are.

    :param state: only those of a state, or of a state of their rows (`rows_held`); empty: all
    :param q: only those whose identifier or a title has this; empty: all
    """
    query = MovedDataset.of_connection(connection)
    if state.startswith("rows_"):
        query = query.where(MovedDataset.rows_state == state.removeprefix("rows_"))
    elif state:
        query = query.where(MovedDataset.state == state)
    if q:
        title = sa.cast(MovedDataset.origin["title"], sa.UnicodeText)
        has_it = [field.icontains(q, autoescape=True) for field in (MovedDataset.identifier, title)]
        query = query.where(sa.or_(*has_it))
    count = session.scalar(sa.select(sa.func.count()).select_from(query.order_by(None).subquery())) or 0
    page = session.scalars(query.limit(limit).offset(offset)).all()
    names = _names(session, [row.dataset_id for row in page])
    return count, [_row(row, names.get(row.dataset_id)) for row in page]


def publishers(session: Session, connection: str, unknown: bool = False) -> list[dict[str, Any]]:
    """Publishers with their bodies and numbers of datasets, the greatest first.

    :param unknown: only those whose body nobody knows
    """
    count = sa.func.count(MovedDataset.id)
    query = (
        sa.select(MovedPublisher, Body.name, count)
        .outerjoin(Body, Body.id == MovedPublisher.body_id)
        .outerjoin(MovedDataset, MovedPublisher.publishes())
        .where(MovedPublisher.connection == connection)
        .group_by(MovedPublisher, Body.name)
        .order_by(count.desc(), MovedPublisher.key)
    )
    if unknown:
        query = query.where(MovedPublisher.body_id.is_(None))
    return [
        {
            "key": row.key,
            "title": row.title,
            "stir": row.stir or None,
            "body": body,
            "how": row.how,
            "candidates": row.candidates,
            "datasets": datasets,
        }
        for row, body, datasets in session.execute(query).tuples()
    ]


def _states(session: Session, connection: str) -> list[dict[str, Any]]:
    """What was refused is counted by the field for which it was."""
    field = MovedDataset.params["field"].astext
    columns = (MovedDataset.state, MovedDataset.reason, field, MovedDataset.rows_state)
    query = (
        sa.select(*columns, sa.func.count())
        .where(MovedDataset.connection == connection)
        .group_by(*columns)
        .order_by(sa.func.count().desc(), *columns)
    )
    return [
        {"state": state, "reason": reason, "field": name, "rows_state": rows_state, "datasets": count}
        for state, reason, name, rows_state, count in session.execute(query).tuples()
    ]


def _reading(reading: MovedReading) -> dict[str, Any]:
    return {
        "id": reading.id,
        "started_at": reading.started_at.isoformat(),
        "finished_at": reading.finished_at.isoformat() if reading.finished_at else None,
        "total": reading.total,
        "counts": reading.counts,
        "remarks": reading.remarks,
        "faults": reading.faults,
    }


def _names(session: Session, ids: list[str]) -> dict[str, str]:
    query = sa.select(core.Package.id, core.Package.name).where(core.Package.id.in_(ids))
    return dict(session.execute(query).tuples().all())


def _row(row: MovedDataset, name: str | None) -> dict[str, Any]:
    return {
        "id": row.id,
        "key": row.key,
        "identifier": row.identifier,
        "title": row.origin["title"],
        "url": row.origin["url"],
        "origin_state": row.origin["state"],
        "dataset": name,
        "state": row.state,
        "reason": row.reason,
        "params": row.params,
        "rows_state": row.rows_state,
        "rows_reason": row.rows_reason,
        "rows": row.rows,
        "remarks": row.remarks,
        "created": row.origin["created"],
        "updated": row.origin["updated"],
        "first_seen_at": row.first_seen_at.isoformat(),
        "moved_at": row.moved_at.isoformat() if row.moved_at else None,
        "vanished_at": row.vanished_at.isoformat() if row.vanished_at else None,
    }
