"""Compliance as the API gives it: plain values, codes and not labels."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from ckanext.roadmap.domain.assessment import Assessment, Status
from ckanext.roadmap.domain.calendar import Period
from ckanext.roadmap.domain.event import DataEvent, EventKind
from ckanext.roadmap.model import DeadlineNoticeRow, ExemptionRow, ObjectionRow
from ckanext.roadmap.services.body_history import Face
from ckanext.roadmap.services.compliance import Assessed
from ckanext.roadmap.services.dataset_faces import Dataset
from ckanext.roadmap.services.facts import Owed


def body(value: Face) -> dict[str, Any]:
    """A body in a row."""
    return {"name": value.name, "code": value.code, "title": value.title, "kind": value.kind}


def obligation(value: Assessed, cells: int = 0) -> dict[str, Any]:
    """An obligation with its newest status, and a strip of its newest periods, the oldest of them first."""
    owed, newest = value.owed, value.newest
    return {
        "id": owed.id,
        "item": item(owed),
        "body": body(owed.body),
        "in_force": owed.in_force,
        "status": str(newest.status) if newest else None,
        "published": value.is_published,
        "dataset": dataset(owed.dataset),
        "deadlines": len(value.rows),
        "missed": sum(row.missed for row in value.rows),
        "cells": [cell(row) for row in reversed(value.rows[:cells])],
    }


def cell(row: Assessment) -> dict[str, Any]:
    """A deadline in a strip."""
    due = row.deadline
    return cell_of(due.id, due.period.code, due.kind, due.due_at, row.status, attested=row.is_attested)


def cell_of(
    id: str, period: str, kind: str, due_at: datetime, status: Status, *, attested: bool
) -> dict[str, Any]:
    """The same, told in parts; one that an attestation met is marked apart."""
    return {
        "id": id,
        "period": period,
        "kind": str(kind),
        "status": str(status),
        "mark": "attested" if attested and status in _MET else str(status),
        "due_at": due_at.isoformat(),
    }


_MET = (Status.on_time, Status.late_met)


def happened(of: Assessed, event: DataEvent) -> dict[str, Any]:
    """An event in the history of a body or an item."""
    return {
        "item": item(of.owed),
        "body": body(of.owed.body),
        "dataset": dataset(of.owed.dataset),
        "evidence": evidence(event, counts=True),
    }


def deadline(of: Assessed, row: Assessment) -> dict[str, Any]:
    """A deadline with its status and the evidence behind it."""
    due, event = row.deadline, row.event or row.nearest
    return {
        "id": due.id,
        "obligation_id": due.obligation_id,
        "item": item(of.owed),
        "body": body(of.owed.body),
        "kind": str(due.kind),
        "period": {
            "code": due.period.code,
            "start": due.period.start.isoformat(),
            "last": due.period.last.isoformat(),
        },
        "due_at": due.due_at.isoformat(),
        "grace_until": due.grace_until.isoformat(),
        "status": str(row.status),
        "computed": str(row.computed),
        "reason": str(row.reason),
        "missing": list(row.missing),
        "missed": row.missed,
        "met_at": instant(row.met_at),
        "days_late": row.days_late,
        "act": _behind(of.owed.acts.behind(row)),
        "evidence": None if event is None else evidence(event, counts=row.event is not None),
        "dataset": dataset(of.owed.dataset),
        "run_id": event.run_id if event else None,
    }


def _behind(act: DeadlineNoticeRow | ExemptionRow | ObjectionRow | None) -> dict[str, Any] | None:
    """The act that the displayed status rests on, in short."""
    if act is None:
        return None
    if isinstance(act, ObjectionRow):
        return {"kind": "objection", "id": act.id, "text": act.text, "decision": None}
    decision = act.act if isinstance(act, DeadlineNoticeRow) else act.decision_number
    kind = "notice" if isinstance(act, DeadlineNoticeRow) else "exemption"
    return {"kind": kind, "id": act.id, "text": act.reason, "decision": decision}


def evidence(event: DataEvent, *, counts: bool) -> dict[str, Any]:
    """An event as the grounds of a status; `covers` tells of data, and a signature holds none."""
    return {
        "event_id": event.id,
        "qualifies": counts,
        "kind": str(event.kind),
        "grade": str(event.grade),
        "at": event.at.isoformat(),
        "recorded_at": event.recorded_at.isoformat(),
        "rows": event.rows,
        "rows_changed": event.rows_changed,
        "content_hash": event.content_hash,
        "place": str(event.place),
        "source": event.source,
        "run_id": event.run_id,
        "label": event.label,
        "covers": None if event.kind is EventKind.attested else period(event.covers),
    }


def period(covers: Period | None) -> dict[str, str] | None:
    """The first and last day that data cover, where they tell."""
    return covers and {"first": covers.start.isoformat(), "last": covers.last.isoformat()}


def item(owed: Owed) -> dict[str, Any]:
    """The item that is owed, in a row."""
    return {"code": owed.item.code, "title": owed.revision.title, "sphere": owed.revision.sphere}


def dataset(value: Dataset | None) -> dict[str, Any] | None:
    """A dataset that the public saw; the name of another would give a private one away.

    One that is no longer public says so: its page can't be opened.
    """
    if value is None or not value.was_public:
        return None
    told = {"id": value.id, "name": value.name, "title": value.title}
    if value.unreachable_since is not None:
        told["unreachable_since"] = instant(value.unreachable_since)
    return told if value.is_public else {**told, "is_public": False}


def instant(value: datetime | None) -> str | None:
    """An instant in ISO form."""
    return value.isoformat() if value else None
