"""What is kept by rule: old versions of files, the change log, the ledger of runs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta, tzinfo
from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ckanext.roadmap.domain.status import assess
from ckanext.roadmap.loading.plan import Target
from ckanext.roadmap.loading.publish import remove_version
from ckanext.roadmap.model import DataEventRow
from ckanext.roadmap.model.mapping import Mapping
from ckanext.roadmap.model.run import Run
from ckanext.roadmap.services import changes, facts, holdings


class Rule(NamedTuple):
    """How much stays: versions at least, and days of versions, changes, runs and held loads."""

    versions: int
    versions_age: timedelta
    changes_age: timedelta
    runs_age: timedelta
    held_age: timedelta = timedelta(days=30)


def prune(session: Session, now: datetime, tz: tzinfo, target: Target, rule: Rule) -> Counter[str]:
    """Takes away what has outlived its rule. The caller commits.

    :returns: how many versions, rows of the change log, runs, and rests of held loads
    """
    counts: Counter[str] = Counter(versions=0, changes=0, runs=0, held=0)
    for mapping in session.scalars(Mapping.select_all()).all():
        for run in spent_versions(session, now, tz, mapping, rule):
            if remove_version(target.folder, run.resource_id, run.id):
                run.files_pruned_at = now
                counts["versions"] += 1
    counts["changes"] = _forget_changes(session, now, target, rule)
    counts["runs"] = _forget_runs(session, now, rule)
    counts["held"] = holdings.sweep(session, now, rule.held_age, target.folder)
    return counts


def spent_versions(session: Session, now: datetime, tz: tzinfo, mapping: Mapping, rule: Rule) -> list[Run]:
    """Versions that are neither among the newest, nor young, nor cited.

    Cited is the version that met a deadline, and the last one of each quarter: frozen quarters speak of them.
    """
    found = list(session.scalars(Run.versions(mapping.resource_id)))
    old = [run for run in found[max(rule.versions, 1) :] if _moment(run) < now - rule.versions_age]
    if not old:
        return []
    cited = _last_of_quarters(found, tz) | _met_by(session, now, tz, mapping)
    return [run for run in old if run.id not in cited]


def _met_by(session: Session, now: datetime, tz: tzinfo, mapping: Mapping) -> set[str]:
    owed = facts.load(session, now, tz, mapping.body_name, mapping.item_code)
    found = [one.event for each in owed for one in assess(each.facts, now)]
    return {event.run_id for event in found if event is not None and event.run_id}


def _last_of_quarters(found: Sequence[Run], tz: tzinfo) -> set[str]:
    last: dict[tuple[int, int], str] = {}
    for run in reversed(found):
        day = _moment(run).astimezone(tz)
        last[day.year, (day.month - 1) // 3] = run.id
    return set(last.values())


def _forget_changes(session: Session, now: datetime, target: Target, rule: Rule) -> int:
    spent = session.scalars(
        sa.select(Run).where(
            Run.published_at < now - rule.changes_age, Run.changes["kept"].as_boolean().is_(True)
        )
    ).all()
    for run in spent:
        run.changes = {**(run.changes or {}), "kept": False, "reason": "old"}
    return changes.forget(target.url, [run.id for run in spent])


def _forget_runs(session: Session, now: datetime, rule: Rule) -> int:
    """Runs that no data event cites and whose files are gone; the newest of a mapping always stays."""
    newest = sa.select(sa.func.max(Run.started_at)).group_by(Run.mapping_id)
    cited = sa.select(DataEventRow.run_id).where(DataEventRow.run_id == Run.id).exists()
    spent = session.scalars(
        sa.select(Run).where(
            Run.state == "finished", Run.started_at < now - rule.runs_age, ~cited,
            Run.started_at.not_in(newest), (Run.outcome != "applied") | Run.files_pruned_at.is_not(None),
        )
    ).all()  # fmt: skip
    for run in spent:
        session.delete(run)
    return len(spent)


def _moment(run: Run) -> datetime:
    return run.published_at or run.started_at
