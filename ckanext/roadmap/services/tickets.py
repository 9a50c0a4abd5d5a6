"""Rehearsals of mappings: everything but the last step, with a signed account of what it would have done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from ckanext.roadmap import config
from ckanext.roadmap.domain.errors import RoadmapError
from ckanext.roadmap.domain.ticket import Ticket, Verdict
from ckanext.roadmap.loading import engine, proof
from ckanext.roadmap.loading.apply.choice import FIRST
from ckanext.roadmap.loading.plan import LoadPlan
from ckanext.roadmap.loading.report import LoadReport, Outcome
from ckanext.roadmap.model import Rehearsal
from ckanext.roadmap.model.columns import new_id
from ckanext.roadmap.model.mapping import Mapping
from ckanext.roadmap.model.run import Run
from ckanext.roadmap.services import clock, connections, mappings, rehearsals, runs, schedules


def rehearse(
    session: Session, now: datetime, mapping: Mapping, tell: engine.Progress = engine.silent
) -> Rehearsal:
    """Read and stage the source, let the gates look at it, and take everything back; the caller commits.

    :param tell: is told of each phase as it begins, and of the rows as they come
    :raises RoadmapError: what would have stopped the load, or the source may not be read at this hour
    """
    schedules.refuse_closed(mapping.connection, mapping.definition, now)
    plan = mappings.plan_of(mapping, new_id())
    plan = replace(plan, trust_probe=False, gates=replace(plan.gates, rehearsal=False))
    target = connections.target()
    tell("before", LoadReport(plan.run_id))
    before = proof.prints(target.url)
    report = engine.run(plan, connections.access(mapping.connection), target, clock.now, tell, dry=True)
    tell("after", report)
    seen = _explained(session, now, mapping, proof.compared(before, proof.prints(target.url, before)))
    shape = rehearsals.shape_change(target.url, plan.resource_id, report)
    return _record(session, now, mapping, report.content_hash, _difference(report, shape), seen)


def note_failure(session: Session, now: datetime, mapping: Mapping, error: RoadmapError) -> Rehearsal:
    """Keep what stopped a rehearsal; it is no ticket. The caller commits."""
    found = {"outcome": runs.FAILED, "error": runs.describe(error, "start")}
    return _record(session, now, mapping, "", found, proof.compared({}, {}))


def with_tickets(session: Session, plan: LoadPlan, mapping: Mapping) -> LoadPlan:
    """The plan with the contents for which the mapping, as it stands, has a ticket that the portal signed."""
    if not plan.gates.rehearsal:
        return plan
    good = [row for row in _all(session, mapping) if is_good(row, mapping)]
    return replace(plan, rehearsed=frozenset(row.content_hash for row in good))


def is_good(row: Rehearsal, mapping: Mapping) -> bool:
    """Whether a rehearsal is a ticket for the mapping as it stands."""
    return verdict(row, mapping) is Verdict.ticket


def verdict(row: Rehearsal, mapping: Mapping) -> Verdict:
    """What a rehearsal is worth for the mapping as it stands."""
    return _ticket(row).verdict(mapping.definition_hash, config.secret_key(), row.signature)


def is_genuine(row: Rehearsal) -> bool:
    """Whether the portal signed just this."""
    return _ticket(row).is_signed(config.secret_key(), row.signature)


def of_run(session: Session, run: Run) -> dict[str, str] | None:
    """The ticket with which the first load of a table went public; None for other runs, or without one."""
    if run.outcome != Outcome.APPLIED or (run.choice or {}).get("code") != FIRST.code:
        return None
    before = Rehearsal.of_mapping(run.mapping_id).where(
        Rehearsal.content_hash == run.content_hash, Rehearsal.made_at <= run.started_at
    )
    row = next((one for one in session.scalars(before) if is_genuine(one) and not one.proof["changed"]), None)
    return {"made_at": row.made_at.isoformat(), "signature": row.signature} if row else None


def history(session: Session, mapping: Mapping) -> list[dict[str, Any]]:
    """The rehearsals of a mapping, newest first, as the API gives them."""
    return [dictize(row, mapping) for row in _all(session, mapping)]


def dictize(row: Rehearsal, mapping: Mapping) -> dict[str, Any]:
    """A rehearsal with what its signature is worth."""
    return {
        "id": row.id,
        "mapping": mapping.name,
        "made_at": row.made_at.isoformat(),
        "definition_hash": row.definition_hash,
        "content_hash": row.content_hash,
        "difference": row.difference,
        "proof": row.proof,
        "signature": row.signature,
        "verdict": str(found := verdict(row, mapping)),
        "genuine": found is not Verdict.forged,
        "ticket": found is Verdict.ticket,
    }


def _record(
    session: Session, now: datetime, mapping: Mapping, content: str, difference: dict[str, Any],
    seen: dict[str, Any],
) -> Rehearsal:  # fmt: skip
    row = Rehearsal(
        id=new_id(), mapping_id=mapping.id, definition_hash=mapping.definition_hash, content_hash=content,
        made_at=now, difference=difference, proof=seen,
    )  # fmt: skip
    row.signature = _ticket(row).sign(config.secret_key())
    session.add(row)
    session.flush()
    return row


def _all(session: Session, mapping: Mapping) -> Sequence[Rehearsal]:
    return session.scalars(Rehearsal.of_mapping(mapping.id)).all()


def _ticket(row: Rehearsal) -> Ticket:
    return Ticket(
        row.mapping_id, row.definition_hash, row.content_hash, row.made_at, row.difference, row.proof
    )


def _explained(session: Session, begun: datetime, mapping: Mapping, seen: dict[str, Any]) -> dict[str, Any]:
    """The proof, with the tables that other loads filled meanwhile told apart, each with its run."""
    others = {
        run.resource_id: run.id for run in session.scalars(Run.since(begun, seen["changed"], mapping.id))
    }
    changed = [name for name in seen["changed"] if name not in others]
    return {**seen, "changed": changed, "loads": others}


def _difference(report: LoadReport, shape: rehearsals.Shape) -> dict[str, Any]:
    """What would have changed: counts, names of columns and codes; no value of a row."""
    names = ("rows_in", "rows_before", "rows_inserted", "rows_updated", "rows_deleted", "strategy")
    retyped = [list(one) for one in shape.retyped]
    return {
        "outcome": str(report.outcome),
        **{name: getattr(report, name) for name in names},
        "columns": [list(pair) for pair in zip(report.columns, report.types, strict=True)],
        "shape": {**asdict(shape), "retyped": retyped},
        "findings": report.findings,
    }
