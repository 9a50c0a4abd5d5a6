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
            report = applied(target, run.resource_id, run.id)
        except BusyError:
            continue
        mapping = session.get(Mapping, run.mapping_id)
        if mapping is not None and (report is not None or run.state == "running"):
            yield Leftover(run, mapping, report)


def applied(target: Target, resource_id: str, run_id: str) -> LoadReport | None:
    """What a run put live, its files put in their place; None: it did not get so far.

    :raises BusyError: somebody works on that table
    """
    with closing(open_datastore(target.url)) as store, locked(store, resource_id):
        with store.cursor() as cursor:
            found, last = of_run(cursor, run_id), last_applied(cursor, resource_id)
        if found is None:
            forget_part(target.folder, resource_id, run_id)
            return None
        report = LoadReport.from_dict(found.report)
        serve = last is not None and last.run_id == run_id
        report.files += finish_files(target.folder, resource_id, run_id, serve)
        report.outcome = Outcome.APPLIED
        return report
