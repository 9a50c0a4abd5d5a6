"""Deadlines for changes at the sources of continuous terms, by the source's own stamp that a run read."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ckanext.roadmap.domain.deadline import DeadlineKind, plan_change
from ckanext.roadmap.domain.stamp import change_stamp
from ckanext.roadmap.domain.term import Frequency, Term
from ckanext.roadmap.model import DeadlineRow, ItemRevision, ListVersion, ObligationTerm
from ckanext.roadmap.services import ledger
from ckanext.roadmap.services.deadlines import LegalCalendar, grace_policy

Span = tuple[ObligationTerm, ItemRevision, ListVersion]


def record(
    session: Session,
    now: datetime,
    obligation_ids: Collection[str],
    written: str | None,
    calendar: LegalCalendar,
) -> list[str]:
    """Append a deadline for each obligation whose continuous term a new stamp starts; the caller commits.

    A stamp that was seen before, lies in the future or before the term came into force starts nothing; of
    several changes on one day the first one counts.

    :param written: the newest change stamp of the source, as the source writes it
    :returns: the ids of the deadlines
    """
    changed_at = change_stamp(written, calendar.timezone)
    if changed_at is None or changed_at > now:
        return []
    ledger.lock(session, DeadlineRow)
    day = changed_at.astimezone(calendar.timezone).date()
    rows = [
        _row(span, revision, version, changed_at, calendar)
        for span, revision, version in session.execute(_continuous(obligation_ids)).tuples()
        if span.in_force_from <= day and _is_new(session, span.obligation_id, changed_at, calendar)
    ]
    return ledger.append(session, now, rows)


def _continuous(obligation_ids: Collection[str]) -> sa.Select[Span]:
    return (
        sa.select(ObligationTerm, ItemRevision, ListVersion)
        .join(ItemRevision, ItemRevision.id == ObligationTerm.revision_id)
        .join(ListVersion, ListVersion.id == ObligationTerm.list_version_id)
        .where(ObligationTerm.obligation_id.in_(obligation_ids), ObligationTerm.in_force_to.is_(None))
        .where(ItemRevision.frequency == Frequency.continuous)
    )


def _is_new(session: Session, obligation_id: str, changed_at: datetime, calendar: LegalCalendar) -> bool:
    newest = session.scalar(
        sa.select(sa.func.max(DeadlineRow.changed_at)).where(
            DeadlineRow.obligation_id == obligation_id, DeadlineRow.kind == DeadlineKind.change
        )
    )
    if newest is None:
        return True
    days = [moment.astimezone(calendar.timezone).date() for moment in (newest, changed_at)]
    return days[0] < days[1]


def _row(
    span: ObligationTerm,
    revision: ItemRevision,
    version: ListVersion,
    changed_at: datetime,
    calendar: LegalCalendar,
) -> DeadlineRow:
    term = Term.parse(revision.frequency, revision.due_rule)
    planned = plan_change(term, changed_at, calendar.working_days, calendar.timezone, grace_policy(version))
    return DeadlineRow(
        obligation_id=span.obligation_id,
        list_version_id=version.id,
        kind=str(planned.kind),
        period_code=planned.period.code,
        period_start=planned.period.start,
        period_last=planned.period.last,
        due_at=planned.due_at,
        grace_days=planned.grace.days,
        changed_at=changed_at,
    )
