"""Versions of the approved list as the API gives them."""

from __future__ import annotations

from datetime import date
from typing import Any

from ckanext.roadmap.domain.list_life import ListStatus
from ckanext.roadmap.logic.dictize import instant
from ckanext.roadmap.model import ListVersion


def version(row: ListVersion) -> dict[str, Any]:
    """A version as the API gives it."""
    return {
        "id": row.id,
        "year": row.year,
        "number": row.number,
        "status": row.status,
        "decision_number": row.decision_number,
        "decision_date": row.decision_date.isoformat() if row.decision_date else None,
        "decision_document": row.decision_document,
        "in_force_from": row.in_force_from.isoformat() if row.in_force_from else None,
        "in_force_to": row.in_force_to.isoformat() if row.in_force_to else None,
        "grace": {
            "share": float(row.grace_share),
            "floor_days": row.grace_floor_days,
            "cap_days": row.grace_cap_days,
        },
        "attestation_limit": row.attestation_limit,
        "content_hash": row.content_hash,
        "approved_at": instant(row.approved_at),
        "submitted_at": instant(row.submitted_at),
        "rejected_at": instant(row.rejected_at),
        "rejected_reason": row.rejected_reason,
        "override": {"act": row.override_act, "reason": row.override_reason} if row.override_act else None,
    }


def version_then(row: ListVersion, until: date | None) -> dict[str, Any]:
    """A version as it stood while its end was known to be this."""
    status = ListStatus.superseded if until else ListStatus.approved
    return {
        **version(row),
        "status": str(status),
        "in_force_to": until.isoformat() if until else None,
    }
