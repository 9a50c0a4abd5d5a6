"""Finishes what a crash left between the two databases."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy.orm import Session

from ckanext.roadmap.loading.apply import last_applied, of_run
from ckanext.roadmap.loading.datastore import locked, open_datastore
from ckanext.roadmap.loading.errors import BusyError
from ckanext.roadmap.loading.plan import Target
from ckanext.roadmap.loading.publish import finish_files, forget_part
from ckanext.roadmap.loading.report import LoadReport, Outcome
from ckanext.roadmap.model.mapping import Mapping
from ckanext.roadmap.model.run import Run

LATEST = timedelta(days=2)


class Leftover(NamedTuple):
    """A run that nobody works on any more; its report says that it was applied, None that nothing was."""

    run: Run
    mapping: Mapping
    report: LoadReport | None


def leftovers(
    session: Session, now: datetime, target: Target, mapping_id: str | None = None
) -> Iterator[Leftover]:
    """Runs without an end whose resource nobody holds; the file of an applied one is put in its place.

    One that failed is among them only if its rows are live.
    """
    query = Run.unfinished(now - LATEST)
    if mapping_id is not None:
        query = query.where(Run.mapping_id == mapping_id)
    for run in session.scalars(query).all():
        try:
            report = _applied(target, run)
        except BusyError:
            continue
        mapping = session.get(Mapping, run.mapping_id)
        if mapping is not None and (report is not None or run.state == "running"):
            yield Leftover(run, mapping, report)


def _applied(target: Target, run: Run) -> LoadReport | None:
    with closing(open_datastore(target.url)) as store, locked(store, run.resource_id):
        with store.cursor() as cursor:
            applied, last = of_run(cursor, run.id), last_applied(cursor, run.resource_id)
        if applied is None:
            forget_part(target.folder, run.resource_id, run.id)
            return None
        report = LoadReport.from_dict(applied.report)
        serve = last is not None and last.run_id == run.id
        report.files += finish_files(target.folder, run.resource_id, run.id, serve)
        report.outcome = Outcome.APPLIED
        return report
