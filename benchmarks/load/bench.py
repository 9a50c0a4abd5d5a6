"""All figures, on one server, one after the other; raw COPY is measured beside each of them."""

from __future__ import annotations

import os
import re
import shutil
import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import psycopg2
from psycopg2 import sql

from ckanext.roadmap.loading.plan import FullText, LoadPlan, SourceAccess, Target
from ckanext.roadmap.sources.standing import TICK
from ckanext.roadmap.tests import postgres
from ckanext.roadmap.tests.own_postgres import Server

from . import raw, xloader
from .data import COLUMNS, make
from .figure import Figure
from .ours import Load, file_source, load, plan, tell
from .readers import Readers

PARTS = (
    "file",
    "formats",
    "guessed",
    "postgresql",
    "sqlalchemy",
    "sqlite",
    "unchanged",
    "readers",
    "xloader",
)
FORMATS = ("csv", "json", "jsonl", "xlsx", "parquet")
WAIT = re.compile(r"acquired AccessShareLock on .* after ([0-9.]+) ms")


class Bench:
    """The databases and what was found.

    :param repeat: of each time the best of so many runs counts
    """

    def __init__(self, own: Server, folder: Path, rows: int, repeat: int) -> None:
        self.own, self.folder, self.rows, self.repeat = own, folder, rows, repeat
        self.peak = 0.0
        self._number = 0
        postgres.ADMIN = own.admin
        for name in ("ministry", "datastore"):
            postgres.rows(own.admin, f"CREATE DATABASE {name}")
        for role in ("writer", "reader", "account"):
            postgres.rows(own.admin, f"CREATE ROLE {role} LOGIN PASSWORD 'x'")
        postgres.rows(own.admin, "ALTER DATABASE datastore OWNER TO writer")
        postgres.permit("datastore", "writer", "reader")
        self.ministry = postgres.admin("ministry")
        self.store, self.reader = (postgres.as_role(role, "x", "datastore") for role in ("writer", "reader"))
        self.target = Target(self.store, "reader", folder / "files")
        self.files = make(self.ministry, rows, folder)

    def measure(self, python: Path, ini: str, only: Sequence[str] = PARTS) -> list[Figure]:
        """The lines of the parts that are wanted."""
        figures = [figure for part in PARTS if part in only for figure in self._part(part, python, ini)]
        return [*figures, Figure("memory of a loading process, highest", self.peak, "MB", "<=", 300)]

    def _part(self, part: str, python: Path, ini: str) -> Iterable[Figure]:
        if part in ("unchanged", "readers"):
            return self._unchanged() if part == "unchanged" else self._readers()
        if part == "formats":
            return self._formats()
        if part == "xloader":
            return self._against_xloader(xloader.run(python, ini, self.store, self.reader, self.files))
        return [self._speed(part)]

    def _speed(self, part: str) -> Figure:
        account, file = postgres.as_role("account", "x", "ministry"), file_source(self.files[0])
        if part == "file":
            return self._share("CSV file -> visible, full text later", file, 0.6)
        if part == "guessed":
            return self._share("CSV file, types guessed by all rows -> visible", file, None, typed=False)
        if part == "postgresql":
            return self._share("PostgreSQL -> visible, full text later", SourceAccess(account), 0.5)
        if part == "sqlalchemy":
            source = SourceAccess(account, kind="database")
            return self._share("PostgreSQL by SQLAlchemy -> visible, full text later", source, 0.25)
        return self._share("SQLite by SQLAlchemy -> visible, full text later", self._sqlite(), 0.25)

    def _share(self, name: str, source: SourceAccess, limit: float | None, typed: bool = True) -> Figure:
        """Rows a second, as a share of raw COPY's in the same minute."""
        plain, own = [], []
        for _ in range(self.repeat):
            plain.append(raw.copy(self.store, self.files[0]))
            table = self._fresh()
            done = self._load(plan(table, FullText.LATER, typed=typed), source)
            own.append(done.visible)
            tell(name, done)
            self._forget(table)
        plain.append(raw.copy(self.store, self.files[0]))
        return Figure(name, min(plain) / min(own), "of raw COPY", ">=" if limit else "", limit)

    def _formats(self) -> Iterator[Figure]:
        """Rows do not wait for the files; memory is that of all formats at once."""
        name, plain = self._fresh(), raw.copy(self.store, self.files[0])
        wanted = replace(plan(name, FullText.LATER), formats=FORMATS)
        done = self._load(wanted, file_source(self.files[0]))
        tell("files in five formats", done)
        self._forget(name)
        yield Figure(
            "CSV file, files in five formats -> visible", plain / done.visible, "of raw COPY", ">=", 0.6
        )
        yield Figure(
            "files in five formats, after that", self.rows / done.report.durations["publish"], "rows/s"
        )

    def _unchanged(self) -> Iterator[Figure]:
        name, source = self._fresh(), file_source(self.files[0])
        time.sleep(TICK)  # a file that has only just been written is not believed
        self._load(plan(name, FullText.OFF), source)
        before = self._state(name)
        probed = self._load(plan(name, FullText.OFF), source)
        assert probed.report.choice == {"code": "probe_same", "params": {}}, probed.report
        yield Figure("unchanged, probed", probed.total, "s", "<=", 1)
        yield Figure(
            "unchanged, probed: rows or tables written", float(self._state(name) != before), "", "<=", 0
        )
        os.utime(self.files[0])
        plain = raw.copy(self.store, self.files[0])
        hashed = self._load(plan(name, FullText.OFF), source)
        assert hashed.report.choice == {"code": "hash_same", "params": {}}, hashed.report
        yield Figure("unchanged, read and hashed", plain / hashed.total, "of raw COPY")
        self._forget(name)

    def _readers(self) -> Iterator[Figure]:
        name = self._fresh()
        self._load(plan(name, FullText.OFF, key=()), file_source(self.files[0]))
        log = self.own.data.parent / "postgres.log"
        start = log.stat().st_size
        with Readers(self.reader, name) as readers:
            done = self._load(plan(name, FullText.OFF, key=()), file_source(self.files[1]))
        assert done.report.strategy == "swap", done.report
        self._forget(name)
        waits = [float(found) for found in WAIT.findall(log.read_text()[start:])]
        yield Figure("swap under 50 reading connections: errors", len(readers.errors), "", "<=", 0)
        yield Figure(
            "swap under 50 reading connections: longest wait for the table",
            max([*waits, 0.0]),
            "ms",
            "<=",
            50,
        )

    def _against_xloader(self, theirs: xloader.XloaderTimes) -> Iterator[Figure]:
        changed, name = file_source(self.files[1]), self._fresh()
        plain = raw.copy(self.store, self.files[0])
        off = self._best(lambda: plan(self._fresh(), FullText.OFF), file_source(self.files[0]))
        on = self._load(plan(name, FullText.ON), file_source(self.files[0]))
        tell("with text columns in a GIN index", on)
        merged = self._load(plan(name, FullText.ON), changed)
        tell("1 % changed", merged)
        assert merged.report.strategy == "merge", merged.report
        yield Figure("raw COPY", self.rows / plain, "rows/s")
        yield Figure("xloader 2.4.0", theirs.first, "s")
        yield Figure("xloader 2.4.0, rows/s", plain / theirs.first, "of raw COPY")
        yield Figure(
            "CSV file without full text, time", off.total / theirs.first, "of xloader's", "<=", 1 / 8
        )
        yield Figure(
            "CSV file with text columns in a GIN index, time",
            on.total / theirs.first,
            "of xloader's",
            "<=",
            0.5,
        )
        yield Figure("1 % changed, with a key, time", merged.total / theirs.again, "of its reload", "<=", 0.2)

    def _best(self, planned: Callable[[], LoadPlan], source: SourceAccess) -> Load:
        runs: list[Load] = []
        for _ in range(self.repeat):
            wanted = planned()
            runs.append(self._load(wanted, source))
            self._forget(wanted.resource_id)
        tell("without full text", runs[-1])
        return min(runs, key=lambda one: one.total)

    def _load(self, wanted: LoadPlan, source: SourceAccess) -> Load:
        done = load(wanted, source, self.target)
        self.peak = max(self.peak, done.peak)
        return done

    def _forget(self, name: str) -> None:
        """Its table and files are no longer needed: disk stays bounded, and later loads find it as empty."""
        postgres.rows(self.store, sql.SQL("DROP TABLE {}").format(sql.Identifier(name)))
        shutil.rmtree(self.target.folder / name)

    def _fresh(self) -> str:
        self._number += 1
        return f"00000000-0000-0000-0000-{self._number:012d}"

    def _state(self, name: str) -> list[tuple[object, ...]]:
        time.sleep(1)  # the statistics of a session are written as it ends
        query = "SELECT relid, n_tup_ins, n_tup_upd, n_tup_del FROM pg_stat_user_tables ORDER BY 1"
        return postgres.rows(postgres.admin("datastore"), query)

    def _sqlite(self) -> SourceAccess:
        path = self.folder / "register.sqlite"
        kinds = {
            "int4": "INTEGER",
            "date": "DATE",
            "timestamp": "TIMESTAMP",
            "numeric": "TEXT",
            "bool": "BOOLEAN",
        }
        with sqlite3.connect(path) as made, psycopg2.connect(self.ministry) as source:
            columns = ", ".join(f"{name} {kinds.get(kind, 'TEXT')}" for name, kind in COLUMNS.items())
            made.execute(f"CREATE TABLE register ({columns})")
            made.execute("CREATE UNIQUE INDEX register_id ON register (id)")
            with source.cursor("rows") as cursor:
                cursor.itersize = 50_000
                cursor.execute(
                    "SELECT id, code, name, region, district, address, phone, tax_number, opened::text, "
                    "updated::text, capacity, pupils, area::text, active::int, note FROM register ORDER BY id"
                )
                made.executemany(f"INSERT INTO register VALUES ({', '.join('?' * len(COLUMNS))})", cursor)
        return SourceAccess(f"sqlite:///{path}")
