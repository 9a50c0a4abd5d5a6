"""Decisions that free deadlines, and their revocation."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, tzinfo

from sqlalchemy.orm import Session

from ckanext.roadmap.domain.calendar import end_of_day, start_of_day
from ckanext.roadmap.domain.outage import Outage
from ckanext.roadmap.model import ExemptionRevocationRow, ExemptionRow
from ckanext.roadmap.model.columns import new_id
from ckanext.roadmap.presentation.refusals import refusal
from ckanext.roadmap.services import ledger


@dataclass(frozen=True, slots=True)
class Act:
    """The decision that an exemption rests on."""

    number: str
    date: date
    reason: str
    document_url: str | None = None


@dataclass(frozen=True, slots=True)
class Reach:
    """What an exemption frees: one deadline, or all due between two days (of a body, of an item, or all)."""

    deadline_id: str | None = None
    since: date | None = None
    until: date | None = None
    body_id: str | None = None
    item_id: str | None = None


def within(reach: Reach, outage: Outage, now: datetime, tz: tzinfo) -> Reach:
    """The days of an outage, or those of them that were named.

    :raises RoadmapError: a deadline is named, or a day beyond the outage
    """
    if reach.deadline_id is not None:
        raise refusal("dates_with_deadline")
    first = outage.since.astimezone(tz).date()
    last = (outage.until or now).astimezone(tz).date()
    since, until = reach.since or first, reach.until or last
    if since < first or until > last:
        raise refusal("outage_dates", first=first.isoformat(), last=last.isoformat())
    return replace(reach, since=since, until=until)


def create(
    session: Session,
    now: datetime,
    act: Act,
    reach: Reach,
    tz: tzinfo,
    by: str,
    outage: Outage | None = None,
) -> str:
    """Free deadlines by a decision; the caller commits.

    :param outage: what of the portal's own log proves the decision right
    :returns: the id of the exemption
    :raises RoadmapError: neither a deadline nor dates are named, or both; or the same decision stands already
    """
    if outage is not None:
        reach = within(reach, outage, now, tz)
    _check(reach)
    row = ExemptionRow(
        id=new_id(),
        deadline_id=reach.deadline_id,
        body_id=reach.body_id,
        item_id=reach.item_id,
        since=start_of_day(reach.since, tz) if reach.since else None,
        until=end_of_day(reach.until, tz) if reach.until else None,
        decision_number=act.number,
        decision_date=act.date,
        document_url=act.document_url,
        reason=act.reason,
        by=by,
        outage_since=outage.since if outage else None,
        outage_until=outage.until if outage else None,
        proof=outage.proof if outage else None,
    )
    ledger.lock(session, ExemptionRow)
    if session.scalar(ExemptionRow.alike(row)) is not None:
        raise refusal("already_exempt")
    return ledger.append(session, now, [row])[0]


def revoke(session: Session, now: datetime, exemption: ExemptionRow, reason: str, by: str) -> str:
    """Take an exemption back from now on; the caller commits.

    :returns: the id of the revocation
    :raises RoadmapError: it is revoked already
    """
    ledger.lock(session, ExemptionRevocationRow)
    if session.scalars(ExemptionRevocationRow.of(exemption.id)).first():
        raise refusal("already_revoked")
    row = ExemptionRevocationRow(id=new_id(), exemption_id=exemption.id, reason=reason, by=by)
    return ledger.append(session, now, [row])[0]


def _check(reach: Reach) -> None:
    has_dates = reach.since is not None or reach.until is not None
    if reach.deadline_id is not None and has_dates:
        raise refusal("dates_with_deadline")
    if reach.deadline_id is None and (reach.since is None or reach.until is None):
        raise refusal("dates_needed")
    if reach.since and reach.until and reach.until < reach.since:
        raise refusal("dates_reversed")
