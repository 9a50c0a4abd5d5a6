"""Objections as the API gives them; officers and auditors are told by their role, not by name."""

from __future__ import annotations

from typing import Any

from ckanext.roadmap.logic import dictize
from ckanext.roadmap.services.objection_list import Disputed


def disputed(one: Disputed) -> dict[str, Any]:
    """A row of the worklist; `id` is the deadline's."""
    return {
        "id": one.deadline.id,
        "objection_id": one.row.id,
        "body": dictize.body(one.body),
        "item": {"code": one.item.code, "title": one.title},
        "period": one.deadline.period_code,
        "kind": one.deadline.kind,
        "fault": one.row.fault,
        "text": one.row.text,
        "evidence_url": one.row.evidence_url,
        "recorded_at": one.row.recorded_at.isoformat(),
        "rule_by": one.rule_by.isoformat(),
        "state": str(one.state),
        "days_left": one.days_left,
        "ruling": _ruling(one),
    }


def _ruling(one: Disputed) -> dict[str, Any] | None:
    if one.ruling is None:
        return None
    return {
        "text": one.ruling.text,
        "remedy": one.ruling.remedy,
        "recorded_at": one.ruling.recorded_at.isoformat(),
    }
