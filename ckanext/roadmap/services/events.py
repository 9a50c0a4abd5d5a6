"""Records data events in the ledger."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from ckanext.roadmap.domain.calendar import Period
from ckanext.roadmap.domain.event import EventKind, Grade, Place
from ckanext.roadmap.model import DataEventRow
from ckanext.roadmap.model.columns import new_id
from ckanext.roadmap.services import ledger

APPEARED = "roadmap_data_appeared"
"""In what the session keeps beside it: whether data were seen in its transaction."""


def record(
    session: Session,
    now: datetime,
    *,
    obligation_ids: Sequence[str],
    kind: EventKind | str,
    at: datetime,
    grade: Grade | str,
    source: str,
    dataset_id: str | None = None,
    resource_id: str | None = None,
    content_hash: str | None = None,
    rows: int | None = None,
    rows_changed: int | None = None,
    columns: Sequence[str] | None = None,
    regions: Sequence[str] | None = None,
    place: Place | str = Place.portal,
    run_id: str | None = None,
    live_read_at: datetime | None = None,
    note: str | None = None,
    covers: Mapping[str, Period] | None = None,
) -> list[str]:
    """Append one event for each obligation; a run's event is recorded once however often it is told.

    The caller commits.

    :param at: when the data were first seen public (aware)
    :param live_read_at: when an automatic run read the live source, if one did (aware)
    :param covers: what the data cover of each obligation's periods, by its id, where they tell
    :returns: the ids of the run's events, or of the events just written
    """
    known = (
        {}
        if run_id is None
        else {row.obligation_id: row.id for row in session.scalars(DataEventRow.of_run(run_id))}
    )
    told = covers or {}
    rows_to_write = [
        DataEventRow(
            id=new_id(),
            obligation_id=id_,
            dataset_id=dataset_id,
            resource_id=resource_id,
            kind=str(EventKind(kind)),
            at=at,
            place=str(Place(place)),
            grade=str(Grade(grade)),
            source=source,
            run_id=run_id,
            content_hash=content_hash,
            rows=rows,
            rows_changed=rows_changed,
            columns=None if columns is None else sorted(columns),
            regions=None if regions is None else sorted(regions),
            live_read_at=live_read_at,
            note=note,
            covers_first=told[id_].start if id_ in told else None,
            covers_last=told[id_].last if id_ in told else None,
        )
        for id_ in obligation_ids
        if id_ not in known
    ]
    if rows_to_write and EventKind(kind).shows_data:
        session.info[APPEARED] = True
    return [*known.values(), *ledger.append(session, now, rows_to_write)]
