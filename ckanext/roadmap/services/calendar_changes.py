"""When the table of holidays is changed, deadlines that still lie ahead move by notices; none is edited."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ckanext.roadmap.domain.act import CALENDAR
from ckanext.roadmap.domain.calendar import Period, due_at
from ckanext.roadmap.domain.notice import NoticeKind
from ckanext.roadmap.domain.term import Term
from ckanext.roadmap.model import DeadlineNoticeRow, DeadlineRow, ItemRevision, ObligationTerm
from ckanext.roadmap.model.columns import new_id
from ckanext.roadmap.services import ledger
from ckanext.roadmap.services.deadlines import LegalCalendar

_LONGEST = timedelta(days=120)
"""No term in working days, with all its holidays, is longer after the end of its period."""


def follow(session: Session, now: datetime, calendar: LegalCalendar) -> int:
    """Move the deadlines in working days whose day is another by the table as it is now; the caller commits.

    What has fallen due already stays as it was, and so does what a person moved or annulled, and what would
    have fallen due already: nobody is late by a table that was changed after the day. Told twice, it writes
    nothing more.

    :returns: how many deadlines were moved
    """
    ledger.lock(session, DeadlineNoticeRow)
    return len(ledger.append(session, now, list(_notices(session, now, calendar))))


def _notices(session: Session, now: datetime, calendar: LegalCalendar) -> Iterator[DeadlineNoticeRow]:
    newest = _newest(session)
    for row, revision in session.execute(_in_working_days(now, calendar)).tuples():
        notice = newest.get(row.id)
        if notice is not None and not (notice.act or "").startswith(CALENDAR):
            continue
        held = (notice.due_at if notice else None) or row.due_at
        due = due_at(_term(revision), _period(row), calendar.working_days, calendar.timezone)
        if due != held and min(due, held) > now:
            yield _notice(row, held, due, now, calendar)


def _notice(
    row: DeadlineRow, held: datetime, due: datetime, now: datetime, calendar: LegalCalendar
) -> DeadlineNoticeRow:
    days = [moment.astimezone(calendar.timezone).date().isoformat() for moment in (now, held, due)]
    return DeadlineNoticeRow(
        id=new_id(),
        deadline_id=row.id,
        kind=str(NoticeKind.moved),
        due_at=due,
        reason=f"{days[1]} → {days[2]}",
        act=f"{CALENDAR}{days[0]}",
    )


def _in_working_days(now: datetime, calendar: LegalCalendar) -> sa.Select[tuple[DeadlineRow, ItemRevision]]:
    since = (now - _LONGEST).astimezone(calendar.timezone).date()
    return (
        sa.select(DeadlineRow, ItemRevision)
        .join(
            ObligationTerm,
            sa.and_(
                ObligationTerm.obligation_id == DeadlineRow.obligation_id,
                ObligationTerm.list_version_id == DeadlineRow.list_version_id,
            ),
        )
        .join(ItemRevision, ItemRevision.id == ObligationTerm.revision_id)
        .where(DeadlineRow.period_last >= since, ItemRevision.due_rule.contains("working"))
        .where(
            sa.or_(ObligationTerm.in_force_to.is_(None), ObligationTerm.in_force_to > DeadlineRow.period_last)
        )
        .order_by(DeadlineRow.seq)
    )


def _newest(session: Session) -> dict[str, DeadlineNoticeRow]:
    query = sa.select(DeadlineNoticeRow).distinct(DeadlineNoticeRow.deadline_id)
    query = query.order_by(DeadlineNoticeRow.deadline_id, DeadlineNoticeRow.seq.desc())
    return {row.deadline_id: row for row in session.scalars(query)}


def _term(revision: ItemRevision) -> Term:
    return Term.parse(revision.frequency, revision.due_rule)


def _period(row: DeadlineRow) -> Period:
    return Period(row.period_start, row.period_last, once=row.period_code == "once")
