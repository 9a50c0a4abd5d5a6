"""Officers' statements that nothing changed."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from ckanext.roadmap import config
from ckanext.roadmap.domain.assessment import Assessment, Status
from ckanext.roadmap.domain.calendar import end_of_day
from ckanext.roadmap.domain.deadline import Deadline
from ckanext.roadmap.domain.event import EventKind, Grade, Place
from ckanext.roadmap.domain.link import Look
from ckanext.roadmap.model import AttestationRow, DataEventRow, SiteCheckRow
from ckanext.roadmap.model.columns import new_id
from ckanext.roadmap.presentation.refusals import refusal
from ckanext.roadmap.services import events, ledger
from ckanext.roadmap.services.compliance import Assessed

SOURCE, SITE = "officer", "site"
_TICK = timedelta(microseconds=1)
_CONTENT = (EventKind.changed, EventKind.unchanged)


def attest(
    session: Session,
    now: datetime,
    found: Assessed,
    row: Assessment,
    reason: str,
    by: str,
    valid_until: datetime | None = None,
) -> list[str]:
    """Record, for one open deadline, that the data shown are still right; the caller commits.

    The event holds what the newest measured data held, at each place where data were seen. Whether it meets
    the deadline, and whether there were too many in a row, is for the status rule.

    :param by: id of the officer
    :param valid_until: until when the officer vouches; at most, and by default, as long as the time in which
        data count for the deadline
    :returns: the ids of the events
    :raises RoadmapError: the deadline is not open, or there are no data to speak of
    """
    ledger.lock(session, AttestationRow)
    _check(now, found, row)
    valid_until = _expiry(now, row.deadline, valid_until)
    written: list[str] = []
    for place in sorted({Place(place) for place in found.owed.revision.places}):
        held = _newest(session, found.owed.id, place)
        if held is not None and _is_unreachable(session, held):
            raise refusal("data_unreachable")
        if held is not None:
            written += events.record(
                session,
                now,
                obligation_ids=[found.owed.id],
                kind=EventKind.attested,
                at=now,
                grade=Grade.attested,
                source=SOURCE,
                dataset_id=held.dataset_id,
                resource_id=held.resource_id,
                content_hash=held.content_hash,
                rows=held.rows,
                columns=held.columns,
                regions=held.regions,
                place=place,
                note=reason,
            )
    if not written:
        raise refusal("nothing_seen")
    signed = [
        AttestationRow(
            id=new_id(),
            deadline_id=row.deadline.id,
            event_id=event_id,
            reason=reason,
            by=by,
            valid_until=valid_until,
        )
        for event_id in written
    ]
    ledger.append(session, now, signed)
    return written


def _check(now: datetime, found: Assessed, row: Assessment) -> None:
    deadline = row.deadline
    refusals = {
        "not_ended": now < deadline.end_at,
        "out_of_force": row.status is Status.exempt,
        "already_met": row.is_met,
        "window_over": now > _window_end(deadline),
        "no_publication": not found.is_published,
        "already_attested": any(one.deadline_id == deadline.id for one in found.owed.acts.attestations),
    }
    for code, holds in refusals.items():
        if holds:
            raise refusal(code)


def _window_end(deadline: Deadline) -> datetime:
    return deadline.delinquent_after if deadline.is_once else deadline.window(deadline.next_end())[1]


def _expiry(now: datetime, deadline: Deadline, asked: datetime | None) -> datetime:
    tz = config.timezone()
    day = (_window_end(deadline) - _TICK).astimezone(tz).date()
    last = end_of_day(day, tz)
    if asked is not None and not now < asked <= last:
        raise refusal("expiry_out", last=day.isoformat())
    return asked or last


def _is_unreachable(session: Session, held: DataEventRow) -> bool:
    """Nobody can vouch for what is not there: the link to it leads to nothing now."""
    looks = session.scalars(SiteCheckRow.newest([held.resource_id])) if held.resource_id else ()
    return held.source == SITE and any(Look(row.look).is_bad for row in looks)


def _newest(session: Session, obligation_id: str, place: Place) -> DataEventRow | None:
    seen = session.scalars(DataEventRow.of_obligations([obligation_id]))
    content = [row for row in seen if row.kind in _CONTENT and row.place == place]
    return content[-1] if content else None
