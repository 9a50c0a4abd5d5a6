"""Held loads: how they stand, what people decide on them, and the way on with the very rows held."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ckanext.roadmap.domain.holding import (
    Decision,
    Holding,
    Side,
    Standing,
    Word,
    is_second_key,
    key_of,
    needed,
    stand,
)
from ckanext.roadmap.loading.plan import LoadPlan, SourceAccess
from ckanext.roadmap.loading.publish import forget_held, held_folder, held_runs
from ckanext.roadmap.loading.report import Outcome
from ckanext.roadmap.model import RunDecisionRow
from ckanext.roadmap.model.columns import new_id
from ckanext.roadmap.model.mapping import Mapping
from ckanext.roadmap.model.run import Run
from ckanext.roadmap.presentation.refusals import refusal
from ckanext.roadmap.services import bases, connections, full_reads, ledger, mappings, tickets

NOBODY = frozenset[Side]()


@dataclass(frozen=True, slots=True)
class Held:
    """A held run, how it stands, what was decided, and until when its rows are kept."""

    run: Run
    standing: Standing
    decisions: Sequence[Decision]
    until: datetime


def show(session: Session, now: datetime, run: Run, kept: timedelta, folder: Path) -> Held:
    """How a held run stands; one whose rows are gone before their time waits for nobody."""
    held = show_then(session, now, run, kept)
    if held.standing.state is Holding.waiting and not held_folder(folder, run.id).exists():
        return replace(held, standing=replace(held.standing, state=Holding.expired, missing=NOBODY))
    return held


def show_then(session: Session, at: datetime, run: Run, kept: timedelta) -> Held:
    """How a held run stood at a past instant, by what had been decided and read by then."""
    decisions = [one for one in _decisions(session, run) if one.at <= at]
    standing = stand([finding["code"] for finding in holding(run)], decisions)
    until = (run.finished_at or run.started_at) + kept
    settled = standing.state is Holding.declined or went_on(session, run, at)
    if not settled and session.scalar(Run.later_than(run, at)):
        standing = replace(standing, state=Holding.superseded, missing=NOBODY)
    elif standing.state is Holding.waiting and at > until:
        standing = replace(standing, state=Holding.expired, missing=NOBODY)
    return Held(run, standing, decisions, until)


def waiting(
    session: Session, now: datetime, kept: timedelta, folder: Path, bodies: Collection[str] | None
) -> list[Held]:
    """The held runs on which somebody has to decide, oldest first: the newest run of each mapping, if held.

    :param bodies: only those of these bodies (names); None: all
    """
    query = Run.newest_held()
    if bodies is not None:
        query = query.join(Mapping, Mapping.id == Run.mapping_id).where(Mapping.body_name.in_(bodies))
    found = [show(session, now, run, kept, folder) for run in session.scalars(query)]
    return [held for held in found if held.standing.state is Holding.waiting]


def left(session: Session, now: datetime, kept: timedelta, folder: Path) -> list[Run]:
    """The held runs that people agreed to and whose rows still wait: no load went on, or it was killed."""
    newest = session.scalars(Run.newest_held()).all()
    found = [show(session, now, run, kept, folder) for run in newest]
    approved = [one.run for one in found if one.standing.state is Holding.approved]
    return [run for run in approved if _is_left(session, run) and held_folder(folder, run.id).exists()]


def went_on(session: Session, run: Run, at: datetime | None = None) -> bool:
    """Whether the rows of a held run came to their end: what was read since changes nothing about that."""
    ended = Run.newest().where(Run.resumes == run.id, Run.outcome.in_(("applied", "unchanged")))
    if at is not None:
        ended = ended.where(Run.finished_at <= at)
    return session.scalars(ended.limit(1)).first() is not None


def _is_left(session: Session, run: Run) -> bool:
    last = session.scalars(Run.newest().where(Run.resumes == run.id).limit(1)).first()
    return last is None or bool(last.error and last.error["code"] == "interrupted")


def decide(session: Session, now: datetime, held: Held, word: Word, side: Side, reason: str, by: str) -> Held:
    """Record what somebody decided on a held run; the caller commits, and has an approved one resumed.

    :raises RoadmapError: nothing is to be decided any more, that side has agreed, or the same person would
        turn both keys
    """
    ledger.lock(session, RunDecisionRow)
    run, decisions = held.run, _decisions(session, held.run)
    mapping = session.get_one(Mapping, run.mapping_id)
    if held.standing.state is not Holding.waiting:
        raise refusal("held_decided")
    if mapping.updated_at > run.started_at:
        raise refusal("held_outdated")
    if word is Word.approve and is_second_key(by, decisions):
        raise refusal("held_same_person")
    if word is Word.approve and key_of(side) not in held.standing.missing:
        raise refusal("held_other_key")
    row = RunDecisionRow(
        id=new_id(), run_id=run.id, mapping_id=run.mapping_id, content_hash=run.content_hash or "",
        findings=digests(run), word=str(word), side=str(side), reason=reason, by=by,
    )  # fmt: skip
    ledger.append(session, now, [row])
    found = [*decisions, Decision(word, side, by, now, reason)]
    standing = stand([finding["code"] for finding in holding(run)], found)
    return replace(held, standing=standing, decisions=found)


def way(session: Session, run: Run, mapping: Mapping) -> tuple[LoadPlan, SourceAccess]:
    """What a run has to do and where its rows come from: the source, or what was kept of the held run."""
    plan = tickets.with_tickets(session, mappings.plan_of(mapping, run.id), mapping)
    target = connections.target()
    if run.resumes is None:
        believes = full_reads.believes(session, run.started_at, mapping)
        asks_since = believes and plan.read.get("since")
        base = bases.base_of(session, target.folder, mapping, plan) if asks_since else None
        return replace(plan, trust_probe=believes, base=base), connections.access(mapping.connection)
    held = session.get_one(Run, run.resumes)
    if mapping.updated_at > held.started_at:  # what people agreed to was another mapping
        raise refusal("held_outdated")
    sha256 = held.files[0]["sha256"] if held.files else ""
    folder = held_folder(target.folder, held.id).resolve().as_uri().removeprefix("file:")
    access = SourceAccess(f"kept:{folder}?sha256={sha256}", connections.limits())
    return replace(plan, approved=frozenset(digests(held))), access


def refuse_late(session: Session, run: Run, phase: str) -> None:
    """A held load doesn't go on over what was read after it; asked while nobody else can load the table.

    :raises RoadmapError: another run has told since what the source holds
    """
    if run.resumes and phase == "gate" and session.scalar(Run.later_than(session.get_one(Run, run.resumes))):
        raise refusal("held_superseded")


def needs_owner(run: Run) -> bool:
    """Whether nothing goes on without the data owner's key."""
    sides, either = needed([finding["code"] for finding in holding(run)])
    return Side.owner in sides and not either


def is_agreed(session: Session, run: Run) -> bool:
    """Whether people agreed already to all that holds a run, on the same content."""
    return state_of(session, run) is Holding.approved


def state_of(session: Session, run: Run) -> Holding:
    """How a run that has just been held stands, by what was decided on the same content."""
    codes = [finding["code"] for finding in holding(run)]
    return stand(codes, _decisions(session, run)).state


def tidy(session: Session, folder: Path, run: Run) -> None:
    """A run that ended puts an end to what earlier ones of its mapping kept."""
    if run.outcome in Run.TOLD:
        earlier = sa.select(Run.id).where(Run.mapping_id == run.mapping_id, Run.outcome == "held")
        for id in session.scalars(earlier.where(Run.id != run.id)):
            forget_held(folder, id)


def forget(session: Session, folder: Path, resource_id: str) -> None:
    """Takes away what is kept of the held runs of a resource: nobody can decide on them any more."""
    for id in session.scalars(sa.select(Run.id).where(Run.resource_id == resource_id, Run.outcome == "held")):
        forget_held(folder, id)


def sweep(session: Session, now: datetime, kept: timedelta, folder: Path) -> int:
    """Takes away what is kept of runs on which nobody can decide any more; how many."""
    swept = 0
    for id in held_runs(folder):
        run = session.get(Run, id)
        state = show(session, now, run, kept, folder).standing.state if run is not None else None
        if run is None or state not in (Holding.waiting, Holding.approved) or went_on(session, run):
            swept += forget_held(folder, id)
    return swept


def holding(run: Run) -> list[dict[str, Any]]:
    """The findings that hold it."""
    found = run.findings or ([run.error] if run.error else [])
    return [finding for finding in found if finding.get("weight", "hold") == "hold"]


def digests(run: Run) -> list[str]:
    """What names just these findings with just these figures."""
    return sorted(finding["digest"] for finding in holding(run) if "digest" in finding)


def _decisions(session: Session, run: Run) -> list[Decision]:
    """What was decided on these findings and this content, since other content went public.

    So a source that is read again and still holds the same need not be decided on again.
    """
    since = session.scalar(
        sa.select(sa.func.max(Run.finished_at)).where(
            Run.mapping_id == run.mapping_id,
            Run.outcome == str(Outcome.APPLIED),
            Run.started_at < run.started_at,
        )
    )
    rows = session.scalars(RunDecisionRow.of_content(run.mapping_id, run.content_hash or ""))
    found = digests(run)
    return [
        row.to_record()
        for row in rows
        if row.findings == found and (since is None or row.recorded_at > since)
    ]
