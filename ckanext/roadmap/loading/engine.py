"""The load engine: extract, stage, gate, apply, publish; whole or not at all."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Generator
from contextlib import closing, contextmanager
from datetime import datetime

import psycopg2
from psycopg2 import sql
from psycopg2.extensions import connection as Connection  # noqa: N812

from ckanext.roadmap.sources.database import explain, reading
from ckanext.roadmap.sources.errors import SourceError

from .apply import build, count_changes, ensure_applied, last_applied, swap
from .apply.applied import shape_of
from .apply.diff import table_columns
from .datastore import DatastoreError, live, live_oid, locked, one, open_datastore, raw
from .errors import LoadError
from .extract import Extract, ExtractError, extract, prepare
from .gate import Staged, check
from .plan import LoadPlan, SourceAccess, Target
from .publish import publish_file
from .report import LoadReport, Outcome
from .stage import Tee, create_raw, ensure_schema, stream, sweep
from .stage.csv_file import CsvFile
from .stage.table import discard

Progress = Callable[[str, LoadReport], None]


class Engine:
    """One load of one table.

    :param clock: gives the present instant
    :param progress: is told of each phase as it begins
    """

    def __init__(self, plan: LoadPlan, source: SourceAccess, target: Target,
                 clock: Callable[[], datetime], progress: Progress) -> None:  # fmt: skip
        self.plan, self.source, self.target = plan, source, target
        self.clock, self.progress = clock, progress
        self.report = LoadReport(plan.run_id)
        self._where = "start"

    def run(self) -> LoadReport:
        """Loads the table.

        :raises LoadError: when it stopped; what was served before is untouched
        """
        try:
            with closing(open_datastore(self.target.url)) as store, locked(store, self.plan.resource_id):
                try:
                    return self._load(store)
                finally:
                    discard(store, self.plan.resource_id)
        except psycopg2.Error as error:
            raise _datastore_fault(error, self._where) from None

    def _load(self, store: Connection) -> LoadReport:
        sweep(store, self.target.folder)
        ensure_schema(store)
        ensure_applied(store, self.target.read_role)
        file = CsvFile(self.target.folder / self.plan.resource_id, self.plan.run_id, self.plan.names)
        try:
            types = self._stage(store, file)
            if self._decide(store):
                with self._phase("apply"):
                    self._apply(store, types)
                with self._phase("publish"):
                    publish_file(self.target.folder, self.plan.resource_id, self.plan.run_id)
        finally:
            if self.report.outcome != Outcome.APPLIED:
                file.discard()
        self.progress("done", self.report)
        return self.report

    def _stage(self, store: Connection, file: CsvFile) -> tuple[str, ...]:
        try:
            with self._phase("extract"), reading(self.source.url, self.source.limits) as source:
                prepared = prepare(source, self.plan)
                create_raw(store, self.plan, prepared.types)
                self.report.live_read_at = self.clock().isoformat()
                tee = Tee(self._header(prepared), file, self.source.limits.overall)
                self.report.rows_in = stream(
                    store, self.plan, tee, lambda write: self._produce(source, prepared, write)
                )
            store.commit()
        except SourceError as error:
            raise ExtractError(error.code, error.message, error.remedy, **error.params) from None
        self.report.files = [file.finish()]
        self.report.bytes, self.report.content_hash = tee.bytes, tee.content_hash
        self.report.columns = list(self.plan.names)
        self._measure(store)
        return prepared.types

    def _produce(self, source: object, prepared: Extract, write: Callable[[bytes], object]) -> None:
        try:
            extract(source, prepared, write)  # type: ignore[arg-type]
        except psycopg2.Error as error:
            raise explain(error, self.source.url) from None

    def _header(self, prepared: Extract) -> bytes:
        return json.dumps([list(self.plan.names), list(prepared.types)], ensure_ascii=False).encode()

    def _measure(self, store: Connection) -> None:
        table, plan = raw(self.plan.resource_id), self.plan
        with store.cursor() as cursor:
            if plan.region_column:
                column = sql.Identifier(plan.region_column)
                cursor.execute(sql.SQL("SELECT DISTINCT {}::text FROM {}").format(column, table))
                self.report.region_codes = sorted(code for (code,) in cursor.fetchall() if code)
            if plan.watermark_column:
                column = sql.Identifier(plan.watermark_column)
                cursor.execute(sql.SQL("SELECT max({})::text FROM {}").format(column, table))
                self.report.watermark = one(cursor)[0]

    def _decide(self, store: Connection) -> bool:
        """Whether the staged rows go live; else the report says why not."""
        with self._phase("gate"), store.cursor() as cursor:
            oid = live_oid(cursor, self.plan.resource_id)
            if oid is not None:
                cursor.execute(sql.SQL("SELECT count(*) FROM {}").format(live(self.plan.resource_id)))
                self.report.rows_before = one(cursor)[0]
            last = last_applied(cursor, self.plan.resource_id)
            if last and (last.content_hash, last.shape, last.table_oid) == (
                self.report.content_hash, shape_of(self.plan), oid,
            ):  # fmt: skip
                self.report.outcome, self.report.strategy = Outcome.UNCHANGED, "none"
                return False
            finding = check(Staged(self.plan, cursor, self.report.rows_in, self.report.rows_before))
            if finding:
                self.report.outcome, self.report.held = Outcome.HELD, finding.to_dict()
        store.commit()
        return finding is None

    def _apply(self, store: Connection, types: tuple[str, ...]) -> None:
        with store.cursor() as cursor:
            oid = live_oid(cursor, self.plan.resource_id)
            columns = table_columns(cursor, oid) if oid is not None else {}
            changes = (0, 0, 0) if oid is None else count_changes(cursor, self.plan, columns)
            self.report.rows_inserted, self.report.rows_updated, self.report.rows_deleted = changes
            if oid is None:
                self.report.rows_inserted = self.report.rows_in
            build(cursor, self.plan, types, oid)
        store.commit()
        self.report.strategy = "swap"
        self.progress("swap", self.report)
        self.report.outcome = Outcome.APPLIED
        try:
            moment = self.clock()
            self.report.published_at = moment.isoformat()
            swap(store, self.plan, self.target, self.report, moment)
        except (psycopg2.Error, LoadError):
            self.report.outcome = ""
            raise
        self.progress("swapped", self.report)

    @contextmanager
    def _phase(self, name: str) -> Generator[None]:
        self._where = name
        self.progress(name, self.report)
        begun = time.monotonic()
        try:
            yield
        finally:
            self.report.durations[name] = round(time.monotonic() - begun, 3)


def _datastore_fault(error: psycopg2.Error, phase: str) -> DatastoreError:
    text = (error.diag.message_primary or type(error).__name__)[:300]
    fault = DatastoreError(
        "datastore_refused",
        f"The DataStore refused a step: {text}.",
        "Nothing was changed; the load is tried again, and a lasting fault needs the portal's operator.",
        detail=text,
    )
    fault.phase = phase
    return fault


def _silent(_phase: str, _report: LoadReport) -> None:
    """Tells nobody."""


def run(
    plan: LoadPlan,
    source: SourceAccess,
    target: Target,
    clock: Callable[[], datetime],
    progress: Progress = _silent,
) -> LoadReport:
    """Loads one table; see *Engine*."""
    return Engine(plan, source, target, clock, progress).run()
