"""Writes the deadlines that obligations have until a day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, tzinfo

from sqlalchemy.orm import Session

from ckanext.roadmap.domain.calendar import GracePolicy, WorkingDays
from ckanext.roadmap.domain.deadline import plan
from ckanext.roadmap.domain.term import Term
from ckanext.roadmap.model import DeadlineRow, ItemRevision, ListVersion, ObligationTerm
from ckanext.roadmap.services import ledger


@dataclass(frozen=True, slots=True)
class LegalCalendar:
    """What fixes the days of the law: time zone, working days, the ledger's first day."""

    timezone: tzinfo
    working_days: WorkingDays
    ledger_start: date | None


def horizon(today: date) -> date:
    """Deadlines are written ahead to the end of next year."""
    return date(today.year + 1, 12, 31)


def extend(session: Session, now: datetime, until: date, calendar: LegalCalendar) -> int:
    """Append every deadline that is missing for spans in force; told twice, or at once, it writes each once.

    The caller commits.

    :param until: the last day on which a period may begin
    :returns: how many deadlines were written
    """
    ledger.lock(session, DeadlineRow)  # what is missing now is still missing when it is written
    written: dict[str, set[tuple[str, str, str]]] = {}
    missing: list[DeadlineRow] = []
    for term, _, revision, _, version in session.execute(ObligationTerm.open_rows()).tuples():
        if version.id not in written:
            written[version.id] = {tuple(row) for row in session.execute(DeadlineRow.keys(version.id))}
        missing.extend(
            row
            for row in _rows(term, revision, version, until, calendar)
            if (row.obligation_id, row.kind, row.period_code) not in written[version.id]
        )
    return len(ledger.append(session, now, missing))


def grace_policy(version: ListVersion) -> GracePolicy:
    """The numbers of grace that a list version sets."""
    return GracePolicy(float(version.grace_share), version.grace_floor_days, version.grace_cap_days)


def _rows(
    span: ObligationTerm, revision: ItemRevision, version: ListVersion, until: date, calendar: LegalCalendar
) -> Iterator[DeadlineRow]:
    planned = plan(
        Term.parse(revision.frequency, revision.due_rule),
        in_force_from=span.in_force_from,
        ledger_start=calendar.ledger_start or span.in_force_from,
        until=until,
        working_days=calendar.working_days,
        tz=calendar.timezone,
        policy=grace_policy(version),
    )
    for deadline in planned:
        yield DeadlineRow(
            obligation_id=span.obligation_id,
            list_version_id=version.id,
            kind=str(deadline.kind),
            period_code=deadline.period.code,
            period_start=deadline.period.start,
            period_last=deadline.period.last,
            due_at=deadline.due_at,
            grace_days=deadline.grace.days,
        )
