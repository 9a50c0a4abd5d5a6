"""Apply: staged rows go live in one transaction, with their watermark and the memory of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from psycopg2 import errors, sql
from psycopg2.extensions import connection as Connection  # noqa: N812

from ckanext.roadmap.loading.datastore import fresh, live, live_oid, old, raw
from ckanext.roadmap.loading.plan import LoadPlan, Target
from ckanext.roadmap.loading.report import LoadReport, Outcome
from ckanext.roadmap.loading.stage import create_fresh

from . import choice
from .applied import last_applied, note, note_probe, remember
from .beside import Beside
from .build import build, fill, key_index, number_index
from .choice import Choice, Strategy
from .commit import attempts, forget_row_count
from .diff import Changes, count_as_bags, find_changes, table_columns
from .merge import hold, merge
from .swap import swap


@dataclass(slots=True)
class Applying:
    """The rows of one run on their way from a staging table to the live one.

    :ivar staged: the table that holds them
    :ivar foreseen: why the table would be exchanged whatever the rows; None: the rows decide
    """

    store: Connection
    plan: LoadPlan
    target: Target
    report: LoadReport
    staged: sql.Identifier
    foreseen: Choice | None
    clock: Callable[[], datetime]
    progress: Callable[[str], None]
    beside: Beside

    def ahead(self) -> None:
        """Begins what is needed whatever the gates say, if the rows stand where they will stay."""
        if self.staged == fresh(self.plan.resource_id):
            self.beside.begin([number_index(self.plan)])

    def run(self, settle: Callable[[], None]) -> None:
        """Chooses and does; the report tells what.

        :param settle: is called before anything goes live: what belongs to it has to be safe by then
        """
        if self.foreseen is None:
            settle()
        chosen = attempts(self.store, self.target, self._choose)
        if chosen is not None:
            self._swap(settle)
        if self.report.outcome == Outcome.APPLIED:
            self.progress("swapped")

    def rehearse(self) -> None:
        """Chooses, tells what would be done, and does nothing."""
        with self.store.cursor() as cursor:
            chosen = self._told(cursor)
            if self.report.outcome != Outcome.HELD:
                self.report.outcome = Outcome.UNCHANGED if chosen.strategy is Strategy.NONE else Outcome.DRY
            self._tell_changes(cursor)
        self.store.rollback()

    def _choose(self, cursor: Any) -> Choice | None:
        """Finds what differs, and merges at once, while other writers are kept off; None: all is done."""
        if self.foreseen is None:
            hold(cursor, self.plan)
        chosen = self._told(cursor)
        if chosen.strategy is Strategy.NONE:
            self._keep_hash(cursor)
            return None
        return self._merge(cursor) if chosen.strategy is Strategy.MERGE else chosen

    def _keep_hash(self, cursor: Any) -> None:
        """The same rows in another order are the same content, as it was first measured."""
        self.report.outcome = Outcome.UNCHANGED
        if last := last_applied(cursor, self.plan.resource_id):
            self.report.content_hash = last.content_hash
            note_probe(cursor, last, self.report.probe)
            if last.report.get("contract") != self.report.contract:
                note(cursor, last.run_id, "contract", self.report.contract)

    def _told(self, cursor: Any) -> Choice:
        return self._tell(self._decide(self._changes(cursor)))

    def _tell(self, chosen: Choice) -> Choice:
        self.report.strategy = str(chosen.strategy)
        self.report.choice = {"code": chosen.code, "params": chosen.params}
        return chosen

    def _decide(self, changes: Changes) -> Choice:
        self.report.rows_inserted, self.report.rows_updated, self.report.rows_deleted = changes
        if self.foreseen is None:
            return choice.by_share(changes, max(self.report.rows_in, self.report.rows_before))
        if self.foreseen is choice.KEYLESS and not any(changes):
            return choice.UNCHANGED_ROWS
        return self.foreseen

    def _changes(self, cursor: Any) -> Changes:
        columns = table_columns(cursor, live(self.plan.resource_id))
        if live_oid(cursor, self.plan.resource_id) is None:
            return Changes(self.report.rows_in, 0, 0)
        if self.plan.key and set(self.plan.key) <= set(columns):
            return find_changes(cursor, self.plan, self.staged)
        return count_as_bags(cursor, self.plan, self.staged)

    def _merge(self, cursor: Any) -> Choice | None:
        cursor.execute("SAVEPOINT before_merge")
        try:
            self._tell_changes(cursor)
            self.progress("swap")
            merge(cursor, self.plan, live_oid(cursor, self.plan.resource_id) or 0)
        except (
            errors.UniqueViolation
        ):  # of another unique index: row by row it may clash where as a whole it fits
            cursor.execute("ROLLBACK TO SAVEPOINT before_merge")
            return self._tell(choice.UNIQUE)
        self._finish(cursor)
        return None

    def _swap(self, settle: Callable[[], None]) -> None:
        with self.store.cursor() as cursor:
            oid = live_oid(cursor, self.plan.resource_id)
            if self.staged == raw(self.plan.resource_id):
                fill(cursor, self.plan)
                self.store.commit()
            if not self.beside.begun:
                self.beside.begin(
                    [number_index(self.plan), *([key_index(self.plan)] if self.plan.key else [])]
                )
            build(cursor, self.plan, oid, self.beside)
        self.store.commit()
        settle()
        self.progress("swap")
        attempts(self.store, self.target, self._exchange)
        with self.store.cursor() as cursor:
            cursor.execute(sql.SQL("DROP TABLE IF EXISTS {} CASCADE").format(old(self.plan.resource_id)))
        self.store.commit()

    def _exchange(self, cursor: Any) -> None:
        self._tell_changes(cursor)
        swap(cursor, self.plan, self.target)
        self._finish(cursor)

    def _tell_changes(self, cursor: Any) -> None:
        if self.target.on_changes and self.plan.key and self.report.rows_before:
            self.target.on_changes(cursor, self.plan, self.report, self.staged)

    def _finish(self, cursor: Any) -> None:
        forget_row_count(cursor, self.plan.resource_id)
        moment = self.clock()
        self.report.published_at = moment.isoformat()
        self.report.outcome = Outcome.APPLIED
        remember(cursor, self.plan, self.report, live_oid(cursor, self.plan.resource_id) or 0, moment)


def foresee(cursor: Any, plan: LoadPlan, types: tuple[str, ...]) -> Choice | None:
    """What is certain before a row is read: None where a merge may do. The new table is made on the way."""
    oid, last = live_oid(cursor, plan.resource_id), last_applied(cursor, plan.resource_id)
    create_fresh(cursor, plan, types)
    if oid is None or last is None:
        return choice.FIRST
    columns = table_columns(cursor, live(plan.resource_id))
    if list(columns.items()) != list(table_columns(cursor, fresh(plan.resource_id)).items()):
        return choice.SHAPE
    if not last.stands(plan, oid):
        return choice.SHAPE
    return None if plan.key else choice.KEYLESS
