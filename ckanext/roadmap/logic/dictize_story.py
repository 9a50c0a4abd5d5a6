"""A deadline's story as the API gives it; officers and auditors are told by their role, not by name."""

from __future__ import annotations

from typing import Any

from ckanext.roadmap.logic import dictize
from ckanext.roadmap.model import AttestationRow, DataEventRow, DeadlineNoticeRow, RulingRow
from ckanext.roadmap.model.data_event import covers_of
from ckanext.roadmap.services.acts import Exempted, Objected
from ckanext.roadmap.services.story import Considered, Story


def story(told: Story) -> dict[str, Any]:
    """All that bears on one deadline."""
    row = told.row
    return {
        "deadline": dictize.deadline(told.of, told.verdict),
        "record": {
            "seq": row.seq,
            "recorded_at": row.recorded_at.isoformat(),
            "due_at": row.due_at.isoformat(),
            "grace_days": row.grace_days,
            "list_version_id": row.list_version_id,
            "previous_hash": row.previous_hash,
            "hash": row.hash,
        },
        "events": [_considered(one) for one in told.events],
        "notices": [_notice(one) for one in told.acts.notices],
        "attestations": [_attestation(one) for one in told.acts.attestations],
        "exemptions": [_exemption(one) for one in told.acts.exemptions],
        "objections": [_objection(one) for one in told.acts.objections],
    }


def event(row: DataEventRow) -> dict[str, Any]:
    """A data event as the ledger holds it."""
    return {
        "seq": row.seq,
        "id": row.id,
        "obligation_id": row.obligation_id,
        "dataset_id": row.dataset_id,
        "resource_id": row.resource_id,
        "kind": row.kind,
        "grade": row.grade,
        "at": row.at.isoformat(),
        "recorded_at": row.recorded_at.isoformat(),
        "place": row.place,
        "source": row.source,
        "run_id": row.run_id,
        "content_hash": row.content_hash,
        "rows": row.rows,
        "rows_changed": row.rows_changed,
        "columns": row.columns,
        "regions": row.regions,
        "covers": dictize.period(covers_of(row)),
        "live_read_at": dictize.instant(row.live_read_at),
        "note": row.note,
        "label": row.label,
        "previous_hash": row.previous_hash,
        "hash": row.hash,
    }


def _considered(one: Considered) -> dict[str, Any]:
    return {
        **dictize.evidence(one.event, counts=one.reason == "qualified"),
        "reason": str(one.reason) if one.reason else None,
        "missing": list(one.missing),
        "met_period": one.met.deadline.period.code if one.met else None,
    }


def _notice(row: DeadlineNoticeRow) -> dict[str, Any]:
    return {
        "id": row.id,
        "kind": row.kind,
        "due_at": dictize.instant(row.due_at),
        "reason": row.reason,
        "act": row.act,
        **_chained(row),
    }


def _attestation(row: AttestationRow) -> dict[str, Any]:
    until = dictize.instant(row.valid_until)
    return {
        "id": row.id,
        "event_id": row.event_id,
        "reason": row.reason,
        "valid_until": until,
        **_chained(row),
    }


def _exemption(pair: Exempted) -> dict[str, Any]:
    row, revocation = pair
    return {
        "id": row.id,
        "deadline_id": row.deadline_id,
        "since": dictize.instant(row.since),
        "until": dictize.instant(row.until),
        "decision_number": row.decision_number,
        "decision_date": row.decision_date.isoformat(),
        "document_url": row.document_url,
        "reason": row.reason,
        "outage_since": dictize.instant(row.outage_since),
        "outage_until": dictize.instant(row.outage_until),
        "proof": row.proof,
        **_chained(row),
        "revocation": {"reason": revocation.reason, **_chained(revocation)} if revocation else None,
    }


def _objection(pair: Objected) -> dict[str, Any]:
    row, ruling = pair
    return {
        "id": row.id,
        "fault": row.fault,
        "text": row.text,
        "evidence_url": row.evidence_url,
        "rule_by": dictize.instant(row.rule_by),
        **_chained(row),
        "ruling": _ruling(ruling) if ruling else None,
    }


def _ruling(row: RulingRow) -> dict[str, Any]:
    return {
        "ruling": "upheld" if row.upheld else "dismissed",
        "text": row.text,
        "remedy": row.remedy,
        "exemption_id": row.exemption_id,
        "notice_id": row.notice_id,
        **_chained(row),
    }


def _chained(row: Any) -> dict[str, Any]:
    return {"recorded_at": row.recorded_at.isoformat(), "hash": row.hash}
