"""One deadline's whole story: every event that was looked at, and every act."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, tzinfo

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ckanext.roadmap.domain.assessment import Assessment
from ckanext.roadmap.domain.event import DataEvent
from ckanext.roadmap.domain.facts import known
from ckanext.roadmap.domain.reason import Reason
from ckanext.roadmap.model import Body, DeadlineRow, Item, Obligation
from ckanext.roadmap.services import compliance, holders
from ckanext.roadmap.services.acts import Acts
from ckanext.roadmap.services.compliance import Assessed, Scope


@dataclass(frozen=True, slots=True)
class Considered:
    """An event and what became of it: whom it met, or why it did not do; None: it did not decide."""

    event: DataEvent
    reason: Reason | None
    missing: tuple[str, ...] = ()
    met: Assessment | None = None


@dataclass(frozen=True, slots=True)
class Story:
    """All that bears on one deadline."""

    row: DeadlineRow
    of: Assessed
    verdict: Assessment
    acts: Acts
    events: tuple[Considered, ...]


def subject(session: Session, deadline_id: str) -> tuple[str, str] | None:
    """The body's name and the item's code of a deadline, if there is such a deadline."""
    query = (
        sa.select(Body.name, Item.code)
        .select_from(DeadlineRow)
        .join(Obligation, Obligation.id == DeadlineRow.obligation_id)
        .join(Body, Body.id == Obligation.body_id)
        .join(Item, Item.id == Obligation.item_id)
        .where(DeadlineRow.id == deadline_id)
    )
    return session.execute(query).tuples().first()


def tell(session: Session, deadline_id: str, as_of: datetime, tz: tzinfo) -> Story | None:
    """The story as it was known at a time; None of a deadline that is not, or whose period had not begun."""
    found, row = subject(session, deadline_id), session.get(DeadlineRow, deadline_id)
    if found is None or row is None:
        return None
    body = holders.name_on(session, row.obligation_id, as_of.astimezone(tz).date(), as_of)
    scope = Scope(as_of, tz, compliance.quarter_at(as_of, tz), (0, 0), body=body, item=found[1])
    for one in compliance.assess_all(session, scope):
        for verdict in one.rows:
            if verdict.deadline.id == deadline_id:
                own = one.owed.acts.on(deadline_id, verdict.deadline.due_at)
                return Story(row, one, verdict, own, tuple(_considered(one, verdict, as_of)))
    return None


def _considered(one: Assessed, verdict: Assessment, as_of: datetime) -> Iterator[Considered]:
    """The events since the period began until it was decided, oldest first."""
    deadline = verdict.deadline
    until = max(deadline.next_end(), deadline.delinquent_after)
    others = {row.event.id: row for row in one.rows if row.event and row is not verdict}
    decisive = {event.id for event in (verdict.event, verdict.nearest) if event}
    for event in known(one.owed.facts, as_of).events:
        if event.id in decisive or deadline.start_at <= event.at <= until:
            yield _judged(event, verdict, others)


def _judged(event: DataEvent, verdict: Assessment, others: dict[str, Assessment]) -> Considered:
    if verdict.event is not None and event.id == verdict.event.id:
        return Considered(event, Reason.qualified, met=verdict)
    if event.id in others:
        return Considered(event, Reason.counted_elsewhere, met=others[event.id])
    if verdict.nearest is not None and event.id == verdict.nearest.id:
        return Considered(event, verdict.computed_reason, verdict.missing)
    if event.at <= verdict.deadline.end_at:
        return Considered(event, Reason.too_early)
    return Considered(event, None)
