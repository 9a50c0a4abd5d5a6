"""Runs in the ledger: begin, phase, finish, fail; each end leaves its data events, once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from ckanext.roadmap import config
from ckanext.roadmap.domain.content import Content, Label, Verdict, judge
from ckanext.roadmap.domain.errors import RoadmapError
from ckanext.roadmap.domain.event import EventKind, Grade
from ckanext.roadmap.domain.region import regions_in
from ckanext.roadmap.loading.report import LoadReport, Outcome
from ckanext.roadmap.model.columns import new_id
from ckanext.roadmap.model.mapping import Mapping
from ckanext.roadmap.model.obligation import Obligation
from ckanext.roadmap.model.run import Run
from ckanext.roadmap.presentation.refusals import refusal
from ckanext.roadmap.services import covers, events, publications, run_contents, source_changes
from ckanext.roadmap.services.legal_calendar import legal_calendar

FAILED, CANCELLED = "failed", "cancelled"
_FROM_THE_START = (
    "id", "mapping", "mapping_id", "connection", "dataset_id", "resource_id", "harvest_object_id", "attempt",
    "started_at", "rows_expected", "resumes",
)  # fmt: skip
_LATER = ("cancel_asked_at", "files_pruned_at")
STEPS = {"swap": "apply", "swapped": "apply"}
ATTEMPTS = 3
OURS = (
    "busy",
    "interrupted",
    "file_refused",
    "internal",
    "table_locked",
    "datastore_refused",
    "datastore_unreachable",
)
"""Faults that are not the source's: they leave no `failed` event."""
HELD = ("held_changed", "held_outdated", "held_gone", "held_superseded")
"""Faults of going on with a held run: they say nothing of the source."""
WAITS = ("window_closed",)
"""The source could not be read in its window: that says nothing of it, and it is read in the next one."""


def begin(
    session: Session, now: datetime, mapping: Mapping, harvest_object_id: str | None, attempt: int = 1,
    resumes: str | None = None,
) -> Run:  # fmt: skip
    """A new run, under way. The caller commits.

    :param resumes: id of the held run whose rows it goes on with
    """
    run = Run(
        id=new_id(), mapping_id=mapping.id, mapping_name=mapping.name, connection=mapping.connection,
        dataset_id=mapping.dataset_id, resource_id=mapping.resource_id, harvest_object_id=harvest_object_id,
        attempt=attempt, state="running", phase="start", started_at=now, durations={}, files=[],
        rows_expected=session.scalar(Run.last_rows(mapping.id)), resumes=resumes,
    )  # fmt: skip
    session.add(run)
    session.flush()
    return run


def set_phase(run: Run, now: datetime, phase: str, report: LoadReport) -> None:
    """Where the run has got to. The caller commits."""
    run.phase, run.progress_at = STEPS.get(phase, phase), now
    run.live_read_at = _moment(report.live_read_at)
    run.durations = dict(report.durations)
    run.rows_in = report.rows_in or None


def finish(session: Session, now: datetime, run: Run, mapping: Mapping, report: LoadReport) -> None:
    """The run ended without an error; told twice, it ends once. The caller commits."""
    if not _is_open(session, run):
        return
    _take(run, report)
    if run.resumes:  # its rows are as old as the look at the source that was held
        run.live_read_at = session.get_one(Run, run.resumes).live_read_at
    run.error = None
    run.state, run.outcome, run.phase, run.finished_at = "finished", str(report.outcome), "done", now
    verdict = None if report.outcome == Outcome.HELD else _verdict(session, now, run, report)
    ids = [found.id for found in _obligations(session, now, mapping)]
    source_changes.record(session, now, ids, run.watermark, legal_calendar())
    if verdict is None:
        run.phase, run.error = "gate", report.held
        return
    kind = EventKind.changed if verdict.is_changed else EventKind.unchanged
    label = None if verdict.label is Label.resaved else verdict.label
    _record(session, now, run, mapping, kind, label, report)


def fail(session: Session, now: datetime, run: Run, mapping: Mapping, error: dict[str, Any]) -> None:
    """The run ended with an error; what was published before is still served. The caller commits."""
    if not _is_open(session, run):
        return
    run.state, run.outcome, run.finished_at = "finished", FAILED, now
    run.phase, run.error = error["phase"], error
    if error["code"] not in (*OURS, *HELD, *WAITS):
        _record(session, now, run, mapping, EventKind.failed)


def cancel(session: Session, now: datetime, run: Run) -> None:
    """The run ended because somebody asked for it; nothing was changed. The caller commits."""
    if not _is_open(session, run):
        return
    run.state, run.outcome, run.finished_at, run.error = "finished", CANCELLED, now, None


def ask_to_cancel(session: Session, now: datetime, run: Run, user_id: str) -> None:
    """Whoever works on the run is to end it; the first who asks is remembered. The caller commits.

    :raises RoadmapError: it has ended, or its rows are live already
    """
    session.refresh(run, with_for_update=True)
    if run.state != "running" or run.phase in ("publish", "done"):
        raise refusal("run_ended")
    if run.cancel_asked_at is None:
        run.cancel_asked_at, run.cancelled_by = now, user_id


def describe(error: RoadmapError, phase: str) -> dict[str, Any]:
    """An error as the ledger keeps it: code, words and remedy; no secret."""
    return {
        "phase": getattr(error, "phase", phase),
        "code": error.code,
        "message": getattr(error, "message", str(error)),
        "remedy": getattr(error, "remedy", ""),
        "params": error.params,
    }


INTERRUPTED: dict[str, Any] = {
    "phase": "start",
    "code": "interrupted",
    "message": "The load was interrupted before anything was changed.",
    "remedy": "It is tried again by itself; the data published before are still served.",
    "params": {},
}


def dictize(run: Run, at: datetime | None = None) -> dict[str, Any]:
    """The run as the API gives it; it holds neither secret nor address.

    :param at: as it stood at an instant: what it had not come to by then is left out
    """
    values = {
        name: value.isoformat() if isinstance(value, datetime) else value
        for name, value in run.to_dict().items()
    }
    values["mapping"] = values.pop("mapping_name")
    values["rows_changed"] = None if run.rows_inserted is None else _changed(run)
    if at is None:
        return values
    for name in _LATER:
        moment = getattr(run, name)
        values[name] = moment.isoformat() if moment is not None and moment <= at else None
    if run.finished_at is not None and run.finished_at > at:
        known = {name: values[name] for name in (*_FROM_THE_START, "cancel_asked_at")}
        return {**dict.fromkeys(values), "durations": {}, "files": [], **known, "state": "running"}
    return values


def is_live(session: Session, run: Run, at: datetime | None = None) -> bool:
    """Whether the rows and the file that are served now, or were at an instant, are this run's."""
    if run.outcome != Outcome.APPLIED:
        return False
    return session.scalars(Run.last_applied(run.mapping_id, at)).first() == run.id


def _is_open(session: Session, run: Run) -> bool:
    """Locks the run. One that was taken for dead while it lived may still end otherwise."""
    session.flush()
    session.refresh(run, with_for_update=True)
    return run.state == "running" or bool(run.error and run.error["code"] in Run.LOOSE)


def _take(run: Run, report: LoadReport) -> None:
    for name in ("rows_in", "rows_before", "rows_inserted", "rows_updated", "rows_deleted", "bytes"):
        setattr(run, name, getattr(report, name))
    run.strategy, run.content_hash, run.watermark = report.strategy, report.content_hash, report.watermark
    run.columns, run.durations = list(report.columns), dict(report.durations)
    run.regions = None if report.region_codes is None else sorted(regions_in(frozenset(report.region_codes)))
    run.periods = covers.told(report)
    run.live_read_at, run.published_at = _moment(report.live_read_at), _moment(report.published_at)
    run.watermark_before, run.types = report.watermark_before, list(report.types or ())
    run.choice, run.changes = _choice(report), _changes(report)
    run.files = [asdict(file) for file in report.files]
    run.findings, run.contract = list(report.findings) or None, report.contract


def _choice(report: LoadReport) -> dict[str, Any] | None:
    """Why the rows went live as they did; and since when changes alone were asked for, if they were."""
    if report.choice is None or report.since is None:
        return report.choice
    return {**report.choice, "since": report.since}


def _moment(text: str) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def _changes(report: LoadReport) -> dict[str, Any] | None:
    """What the change log holds of the run, or why it holds nothing."""
    if report.outcome != Outcome.APPLIED or report.changes is not None:
        return report.changes if report.outcome == Outcome.APPLIED else None
    return {"kept": False, "reason": "no_key" if report.rows_before else "first"}


def _verdict(session: Session, now: datetime, run: Run, report: LoadReport) -> Verdict:
    """What the content is beside the last one and all that the mapping published before."""
    before = session.scalars(Run.last_content(run.mapping_id, run.id)).first()
    earlier = frozenset(filter(None, session.scalars(Run.contents(run.mapping_id, run.id))))
    is_other = report.outcome == Outcome.APPLIED and report.content_hash != before
    found = run_contents.cores(session, now, run, report) if is_other else None
    core, last_core, cores = found or (report.content_hash, before, frozenset[str]())
    last = Content(before, last_core or before, report.rows_before) if before else None
    return judge(Content(report.content_hash, core, report.rows_in), last, earlier | cores)


def _changed(run: Run) -> int:
    return (run.rows_inserted or 0) + (run.rows_updated or 0) + (run.rows_deleted or 0)


def _record(
    session: Session,
    now: datetime,
    run: Run,
    mapping: Mapping,
    kind: EventKind,
    label: Label | None = None,
    report: LoadReport | None = None,
) -> None:
    measured = kind != EventKind.failed
    ids = [found.id for found in _obligations(session, now, mapping)]
    events.record(
        session,
        now,
        obligation_ids=ids,
        dataset_id=run.dataset_id,
        resource_id=run.resource_id,
        kind=kind,
        at=now,
        content_hash=run.content_hash if measured else None,
        rows=run.rows_in if measured else None,
        rows_changed=_changed(run) if measured else None,
        columns=run.columns if measured else None,
        regions=run.regions if measured else None,
        grade=Grade.measured if measured else Grade.unknown,
        source="run",
        run_id=run.id,
        live_read_at=run.live_read_at if measured else None,
        note=label,
        covers=covers.of_obligations(session, run.live_read_at or now, ids, report) if report else None,
    )


def _obligations(session: Session, now: datetime, mapping: Mapping) -> Sequence[Obligation]:
    today = now.astimezone(config.timezone()).date()
    return publications.obligations_for(session, mapping.item_code, mapping.body_name, today)


def will_retry(run: Run) -> bool:
    """Whether the queue tries a failed run again by itself."""
    return bool(run.error and run.error["code"] in OURS and run.attempt <= ATTEMPTS)
