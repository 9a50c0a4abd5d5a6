"""Objections of bodies, and the auditor's rulings."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, tzinfo

from sqlalchemy.orm import Session

from ckanext.roadmap.domain.act import RULING, Blame, Remedy
from ckanext.roadmap.domain.assessment import Assessment, Status
from ckanext.roadmap.domain.deadline import Deadline
from ckanext.roadmap.domain.notice import NoticeKind
from ckanext.roadmap.model import ObjectionRow, RulingRow
from ckanext.roadmap.model.columns import new_id
from ckanext.roadmap.presentation.refusals import refusal
from ckanext.roadmap.services import exemptions, ledger, notices


@dataclass(frozen=True, slots=True)
class Ruling:
    """The auditor's answer, and what it leads to."""

    upheld: bool
    text: str
    remedy: Remedy = Remedy.none
    due_day: date | None = None


def create(
    session: Session,
    now: datetime,
    row: Assessment,
    fault: Blame,
    text: str,
    evidence_url: str | None,
    by: str,
    rule_by: datetime,
) -> str:
    """Record a body's objection to a deadline; the caller commits.

    :param by: id of the officer
    :param rule_by: until when the auditor is to rule
    :returns: the id of the objection
    :raises RoadmapError: the period is open, nothing is held against the body, or an objection is open
    """
    ledger.lock(session, ObjectionRow)
    if now < row.deadline.end_at:
        raise refusal("not_ended")
    if row.status is Status.exempt:
        raise refusal("out_of_force")
    if row.computed is Status.on_time:
        raise refusal("already_met")
    if session.scalars(ObjectionRow.open_on(row.deadline.id)).first():
        raise refusal("objection_open")
    written = ObjectionRow(
        id=new_id(),
        deadline_id=row.deadline.id,
        fault=str(fault),
        text=text,
        evidence_url=evidence_url,
        by=by,
        rule_by=rule_by,
    )
    return ledger.append(session, now, [written])[0]


def rule(
    session: Session,
    now: datetime,
    objection: ObjectionRow,
    deadline: Deadline,
    ruling: Ruling,
    tz: tzinfo,
    by: str,
) -> str:
    """Record the ruling and, in the same transaction, the exemption or notice it leads to.

    The caller commits.

    :param by: id of the auditor
    :returns: the id of the ruling
    :raises RoadmapError: it is ruled on already, or a dismissal is to lead to something
    """
    ledger.lock(session, RulingRow)
    if session.scalars(RulingRow.of(objection.id)).first():
        raise refusal("already_ruled")
    if not ruling.upheld and ruling.remedy is not Remedy.none:
        raise refusal("dismissed_remedy")
    row = RulingRow(
        id=new_id(),
        objection_id=objection.id,
        upheld=ruling.upheld,
        text=ruling.text,
        remedy=str(ruling.remedy),
        by=by,
    )
    if ruling.remedy is Remedy.exempt:
        act = exemptions.Act(RULING + row.id, now.astimezone(tz).date(), ruling.text)
        reach = exemptions.Reach(deadline_id=deadline.id)
        row.exemption_id = exemptions.create(session, now, act, reach, tz, by)
    elif ruling.remedy is not Remedy.none:
        kind = NoticeKind(ruling.remedy)
        change = notices.Change(kind, ruling.text, RULING + row.id, ruling.due_day)
        row.notice_id = notices.give(session, now, deadline, change, tz)
    return ledger.append(session, now, [row])[0]
