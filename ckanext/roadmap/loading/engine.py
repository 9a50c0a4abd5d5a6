"""The load engine: extract, stage, gate, apply, publish; whole or not at all."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Generator
from contextlib import closing, contextmanager, nullcontext
from datetime import datetime
from functools import partial

import psycopg2
from psycopg2 import sql
from psycopg2.extensions import connection as Connection  # noqa: N812

from ckanext.roadmap.sources.contract import contract_digest
from ckanext.roadmap.sources.errors import SourceError

from . import measures
from .apply import (
    UNCHANGED_HASH,
    UNCHANGED_PROBE,
    Applied,
    Applying,
    Beside,
    Choice,
    analyze,
    ensure_applied,
    foresee,
    note,
    note_probe,
    of_run,
)
from .apply import last_applied as newest
from .datastore import fresh, live, live_oid, locked, one, open_datastore, prepare, refused
from .extract import AgainError, Extract, ExtractError, Extractor, ReadBefore, ReadSince, extractor_for
from .gate import Staged, check, digest_of, holding
from .plan import FullText, LoadPlan, SourceAccess, Target, Watch
from .publish import Files, forget_part, publish_files, unpublished
from .report import LoadReport, Outcome
from .stage import (
    Pipe,
    ValueRefusedError,
    copy_in,
    create_raw,
    discard,
    drop_schema,
    ensure_schema,
    sweep,
    writing,
)

Progress = Callable[[str, LoadReport], None]


class Engine:
    """One load of one table.

    :param clock: gives the present instant
    :param progress: is told of each phase as it begins, and twice a second while rows come; what it raises
        ends the load, with nothing changed
    :param watch: guards the DataStore's connection
    :param dry: whether to stop before anything is changed
    """

    def __init__(
        self, plan: LoadPlan, source: SourceAccess, target: Target, clock: Callable[[], datetime],
        progress: Progress, watch: Watch = nullcontext, dry: bool = False,
    ) -> None:  # fmt: skip
        self.plan, self.source, self.target = plan, source, target
        self.clock, self.progress, self.watch, self.dry = clock, progress, watch, dry
        self.report = LoadReport(plan.run_id)
        self.beside = Beside(self._connection)
        self._where = "start"
        self._made_schema = False

    def run(self) -> LoadReport:
        """Loads the table.

        :raises LoadError: when it stopped; what was served before is untouched
        """
        try:
            with self._connection() as store, locked(store, self.plan.resource_id):
                try:
                    return self._load(store)
                finally:
                    self.beside.leave()
                    discard(store, self.plan.resource_id)
                    if self.dry and self._made_schema:
                        drop_schema(store)
        except psycopg2.Error as error:
            raise refused(error, self._where) from None

    @contextmanager
    def _connection(self) -> Generator[Connection]:
        """To the DataStore, with what staging may use; a cancelled load cuts it short."""
        limit = self.source.limits.overall
        with (
            closing(open_datastore(self.target.url, statement_seconds=limit)) as store,
            self.watch(store),
        ):
            prepare(store, self.target.work_memory_mb)
            yield store

    def _load(self, store: Connection) -> LoadReport:
        sweep(store, self.target.folder)
        self._forget_dead(store)
        self._made_schema = ensure_schema(store)
        if not self.dry:
            ensure_applied(store, self.target.read_role)
        files = Files(self.target.folder, self.plan)
        try:
            applying = self._stage(store, files)
            if applying and (self._pass_gates(store, applying.staged) or self.dry):
                with self._phase("apply"):
                    applying.rehearse() if self.dry else applying.run(partial(_settle, files))
            if self.report.outcome == Outcome.APPLIED:
                with self._phase("publish"):
                    self.report.files += publish_files(
                        self.target.folder, self.plan.resource_id, self.plan.run_id
                    )
                    analyze(store, live(self.plan.resource_id))
        finally:
            if self.report.outcome == Outcome.HELD and not self.dry:
                files.keep()
            elif self.report.outcome != Outcome.APPLIED:
                files.discard()
        self.progress("done", self.report)
        return self.report

    def _forget_dead(self, store: Connection) -> None:
        """Files of runs that were killed before their rows went live; nobody else works on the resource."""
        folder, resource_id = self.target.folder, self.plan.resource_id
        with store, store.cursor() as cursor:
            for run_id in unpublished(folder, resource_id):
                if of_run(cursor, run_id) is None:
                    forget_part(folder, resource_id, run_id)

    def _stage(self, store: Connection, files: Files) -> Applying | None:
        """Reads the source into a staging table; None: it gave what is live already."""
        try:
            with self._phase("extract"):
                applying = self._extract(store, files, extractor_for(self.plan, self.source))
        except SourceError as error:
            raise ExtractError(error.code, error.message, error.remedy, **error.params) from None
        if applying is None:
            return None
        with writing():
            self.report.files = files.finish(self.report.types)
        if self._is_unchanged(store, by_probe=False):
            return None
        if not self.dry:
            applying.ahead()
        self._measure(store, applying.staged)
        return applying

    def _extract(self, store: Connection, files: Files, extractor: Extractor) -> Applying | None:
        """What was read fast and failed for it is read anew with more care."""
        try:
            with extractor.opened() as source:
                read_at = source.read_at if isinstance(source, ReadBefore) else self.clock()
                self.report.live_read_at = read_at.isoformat()
                self.report.since = source.since if isinstance(source, ReadSince) else None
                self.report.columns = list(self.plan.names)
                self.report.sources = [column.source for column in self.plan.columns]
                self.report.probe = source.probe()
                if self._is_unchanged(store, by_probe=True):
                    return None
                return self._fill(store, source, files)
        except (AgainError, ValueRefusedError):
            closer = extractor.closer()
            if closer is None:
                raise
        store.rollback()
        with writing():
            files.restart()
        return self._extract(store, files, closer)

    def _fill(self, store: Connection, source: Extract, files: Files) -> Applying:
        types = source.types
        self.report.types = list(types)
        header = json.dumps([list(self.plan.names), list(types)], ensure_ascii=False).encode()
        pipe = Pipe(header, files, self.source.limits.overall, self._tick)
        with store.cursor() as cursor:
            foreseen = foresee(cursor, self.plan, types)
            staged = self._table(cursor, types, foreseen)
        self.report.rows_in = copy_in(store, staged, self.plan.names, pipe, source.batches())
        store.commit()
        self.report.bytes, self.report.content_hash = pipe.bytes, pipe.content_hash
        return Applying(
            store, self.plan, self.target, self.report, staged, foreseen, self.clock,
            lambda phase: self.progress(phase, self.report), self.beside,
        )  # fmt: skip

    def _table(self, cursor: object, types: tuple[str, ...], foreseen: Choice | None) -> sql.Identifier:
        """Rows that will be compared, or get their vectors on the way, rest in a table apart."""
        if foreseen is None or self.plan.full_text is FullText.ON:
            return create_raw(cursor, self.plan, types)
        return fresh(self.plan.resource_id)

    def _tick(self, size: int, records: int) -> None:
        self.report.bytes, self.report.rows_in = size, records
        self.progress("extract", self.report)

    def _is_unchanged(self, store: Connection, by_probe: bool) -> bool:
        with store.cursor() as cursor:
            last = newest(cursor, self.plan.resource_id)
            stands = last is not None and last.stands(self.plan, live_oid(cursor, self.plan.resource_id))
        store.commit()
        if last is not None:
            self.report.watermark_before = last.report.get("watermark")
        if last is None or not stands or not self._same(last, by_probe):
            return False
        chosen = UNCHANGED_PROBE if by_probe else UNCHANGED_HASH
        self.report.outcome, self.report.strategy = Outcome.UNCHANGED, str(chosen.strategy)
        self.report.choice = {"code": chosen.code, "params": {}}
        self.report.rows_before = last.rows
        for name in ("watermark", "region_codes", "types", "contract"):
            setattr(self.report, name, last.report.get(name))
        self._recall_periods(store, last)
        if by_probe:
            self.report.rows_in, self.report.content_hash = last.rows, last.content_hash
        elif not self.dry:
            with store, store.cursor() as cursor:
                note_probe(cursor, last, self.report.probe)
        return True

    def _recall_periods(self, store: Connection, last: Applied) -> None:
        """As they were measured; of a column that is named since then they are measured once."""
        known, column = last.report.get("periods"), self.plan.period_column
        if column is None or measures.is_of(known, column):
            self.report.periods = known if column else None
            return
        with store, store.cursor() as cursor:
            table = live(self.plan.resource_id)
            self.report.periods = measures.periods(cursor, table, column, self.report)
            if not self.dry:
                note(cursor, last.run_id, "periods", self.report.periods)

    def _same(self, last: Applied, by_probe: bool) -> bool:
        if digest_of(last.report.get("contract")) != contract_digest(self.plan.contract):
            return False  # the rows are held against rules that they were never held against
        if not by_probe:
            return last.content_hash == self.report.content_hash
        known = last.report.get("probe")
        same = known is not None and known == self.report.probe
        return same and self.plan.trust_probe and last.report.get("columns") == self.report.columns

    def _measure(self, store: Connection, table: sql.Identifier) -> None:
        plan = self.plan
        with store.cursor() as cursor:
            if column := plan.region_column:
                self.report.region_codes = measures.regions(cursor, table, column)
            if column := plan.period_column:
                self.report.periods = measures.periods(cursor, table, column, self.report)
            if column := plan.watermark_column:
                self.report.watermark = measures.watermark(cursor, table, column)

    def _pass_gates(self, store: Connection, table: sql.Identifier) -> bool:
        """Whether the staged rows may go live; else the report says why not."""
        with self._phase("gate"), store.cursor() as cursor:
            if live_oid(cursor, self.plan.resource_id) is not None:
                cursor.execute(sql.SQL("SELECT count(*) FROM {}").format(live(self.plan.resource_id)))
                self.report.rows_before = one(cursor)[0]
            last = newest(cursor, self.plan.resource_id)
            staged = Staged(self.plan, cursor, table, self.report, last.report if last else {})
            findings = check(staged)
            self.report.findings = [finding.to_dict() for finding in findings]
            if held := holding(staged, findings):
                self.report.outcome, self.report.held = Outcome.HELD, held[0].to_dict()
        store.commit()
        return not held

    @contextmanager
    def _phase(self, name: str) -> Generator[None]:
        self._where = name
        self.progress(name, self.report)
        begun = time.monotonic()
        try:
            yield
        finally:
            self.report.durations[name] = round(time.monotonic() - begun, 3)


def _settle(files: Files) -> None:
    with writing():
        files.settle()


def silent(_phase: str, _report: LoadReport) -> None:
    """Tells nobody."""


def run(
    plan: LoadPlan, source: SourceAccess, target: Target, clock: Callable[[], datetime],
    progress: Progress = silent, watch: Watch = nullcontext, dry: bool = False,
) -> LoadReport:  # fmt: skip
    """Loads one table; see *Engine*."""
    return Engine(plan, source, target, clock, progress, watch, dry).run()
