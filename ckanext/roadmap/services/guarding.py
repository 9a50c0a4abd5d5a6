"""One load under guard: it waits for its turn, is told to end when somebody asks, and reports as it goes."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.exc import SQLAlchemyError

from ckanext.roadmap.domain.errors import RoadmapError
from ckanext.roadmap.loading import engine
from ckanext.roadmap.loading.control import CancelledError, Control
from ckanext.roadmap.loading.errors import BusyError
from ckanext.roadmap.loading.plan import LoadPlan, SourceAccess, Target
from ckanext.roadmap.loading.report import LoadReport
from ckanext.roadmap.loading.slots import slot
from ckanext.roadmap.model.run import Run

BUSY_WAITS = (1, 2, 5, 10, 20)
WAITING = "wait"
Tell = Callable[[str, LoadReport], None]


def load(
    plan: LoadPlan, source: SourceAccess, target: Target, clock: Callable[[], datetime], tell: Tell,
    control: Control, slots: int, bulk: bool,
) -> LoadReport:  # fmt: skip
    """Loads one table when a slot is free.

    :param tell: is told of phases, `wait` among them
    :param bulk: whether it is one of the long loads
    :raises CancelledError: somebody asked for its end before anything was changed
    """

    def told(phase: str, report: LoadReport) -> None:
        if phase == "swapped":
            control.no_return()
        control.check()
        tell(phase, report)

    def waiting() -> None:
        told(WAITING, LoadReport(plan.run_id))

    watched = replace(source, watch=control.watch)
    try:
        with control.looking(), slot(target.url, slots, bulk, waiting):
            for wait in BUSY_WAITS:
                try:
                    return engine.run(plan, watched, target, clock, told, watch=control.watch)
                except BusyError:
                    time.sleep(wait)
                    control.check()
            return engine.run(plan, watched, target, clock, told, watch=control.watch)
    except RoadmapError:
        if control.cancelled:
            raise CancelledError from None
        raise


def is_asked(database: sa.Engine, run_id: str) -> bool:
    """Whether the end of a run is asked for; a database that gives no answer asks for nothing."""
    try:
        with database.connect() as connection:
            return connection.scalar(sa.select(Run.cancel_asked_at).where(Run.id == run_id)) is not None
    except SQLAlchemyError:
        return False
