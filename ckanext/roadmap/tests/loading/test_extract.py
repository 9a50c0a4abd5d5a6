"""Sources of every kind give the same cells that lie in them."""

from __future__ import annotations

import csv
import os
import sqlite3
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from psycopg2 import sql

from ckanext.roadmap.loading.errors import LoadError
from ckanext.roadmap.loading.extract import csv_file
from ckanext.roadmap.loading.plan import ColumnPlan, FullText, SourceAccess
from ckanext.roadmap.loading.report import LoadReport
from ckanext.roadmap.sources import standing
from ckanext.roadmap.sources.delimited import look, reading
from ckanext.roadmap.sources.limits import Limits
from ckanext.roadmap.tests import own_mariadb, postgres

from .conftest import World

HARD = [
    "",
    "007",
    " x ",
    "NULL",
    "\\N",
    "\\.",
    '"',
    "'",
    "oʻzbek o‘zbek o'zbek",
    "Ўзбекистон Қ",
    "a,b",
    "a\r\nb",
    "\n",
]
texts = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=12) | st.sampled_from(HARD)


def load_from(world: World, url: str, names: tuple[str, ...], **changes: Any) -> LoadReport:
    """A load of these columns from another source."""
    world.source = SourceAccess(url, Limits(connect=3, statement=20), changes.pop("kind", ""))
    columns = changes.pop("columns", tuple(ColumnPlan(name, name) for name in names))
    return world.load(columns=columns, **{"key": (), "row_floor": 0, "full_text": FullText.OFF, **changes})


def cells(world: World, names: tuple[str, ...], order: str = "_id") -> list[tuple[Any, ...]]:
    """What readers see."""
    return world.live(", ".join(f'"{name}"' for name in names), order)


class TestSqlite:
    @pytest.fixture
    def base(self, tmp_path: Path) -> sqlite3.Connection:
        connection = sqlite3.connect(tmp_path / "vazirlik.sqlite", isolation_level=None)
        connection.execute(
            "CREATE TABLE t (k INTEGER PRIMARY KEY, s TEXT, n NUMERIC, r REAL, b BOOLEAN, d DATE, m TIMESTAMP)"
        )
        return connection

    def url(self, folder: Path) -> str:
        return f"sqlite:///{folder / 'vazirlik.sqlite'}"

    @settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(rows=st.lists(st.tuples(st.none() | texts, st.none() | st.floats(allow_nan=False)), max_size=6))
    def test_round_trip(self, world: World, base: sqlite3.Connection, tmp_path: Path, rows: list[Any]):
        base.execute("DELETE FROM t")
        base.executemany(
            "INSERT INTO t (k, s, r) VALUES (?, ?, ?)", [(n, *row) for n, row in enumerate(rows)]
        )
        load_from(world, self.url(tmp_path), ("k", "s", "r"), table="t", key=("k",))
        assert cells(world, ("k", "s", "r")) == [(n, *row) for n, row in enumerate(rows)]

    def test_types(self, world: World, base: sqlite3.Connection, tmp_path: Path):
        values = (2**62, "007", "12345678901234567890.50", 1.5, 1, "2026-02-28", "2026-02-28 10:00:00.5")
        base.execute("INSERT INTO t VALUES (?, ?, ?, ?, ?, ?, ?)", (*values[:2], 12.25, *values[3:]))
        load_from(world, self.url(tmp_path), ("k", "s", "n", "r", "b", "d", "m"), table="t")
        (row,) = cells(world, ("k", "s", "n", "b"))
        assert row == (2**62, "007", Decimal("12.25"), True)

    def test_is_read_only(self, base: sqlite3.Connection, tmp_path: Path):
        from ckanext.roadmap.sources.database import reading
        from ckanext.roadmap.sources.errors import SourceError

        with pytest.raises(SourceError) as raised, reading(self.url(tmp_path), Limits()) as connection:
            connection.exec_driver_sql("DELETE FROM t")
        assert raised.value.code == "writes"

    def test_a_file_that_is_not_there_is_not_made(self, world: World, tmp_path: Path):
        with pytest.raises(LoadError):
            load_from(world, f"sqlite:///{tmp_path / 'none.sqlite'}", ("k",), table="t")
        assert not (tmp_path / "none.sqlite").exists()


@pytest.fixture(scope="module")
def mariadb() -> Iterator[str]:
    """A MariaDB of one's own; the address of its database."""
    with own_mariadb.server("--skip-grant-tables") as port:
        own_mariadb.say(port, "CREATE DATABASE register CHARACTER SET utf8mb4")
        yield f"mysql://root@127.0.0.1:{port}/register"


class TestMariadb:
    def say(self, url: str, statement: str, *values: object) -> None:
        import pymysql

        port = int(url.rsplit(":", maxsplit=1)[-1].split("/", maxsplit=1)[0])
        with pymysql.connect(
            host="127.0.0.1", port=port, user="root", database="register", autocommit=True
        ) as connection:
            connection.cursor().execute(statement, values or None)

    def test_types_without_loss(self, world: World, mariadb: str):
        self.say(
            mariadb,
            "CREATE OR REPLACE TABLE t (k INT UNSIGNED PRIMARY KEY, big BIGINT UNSIGNED, money DECIMAL(30,10), s TEXT, code CHAR(7),"
            " flag TINYINT(1), y YEAR, d DATE, m DATETIME(6), at TIMESTAMP, hours TIME, j JSON, f DOUBLE)",
        )
        self.say(
            mariadb,
            "INSERT INTO t VALUES (4294967295, 18446744073709551615, 12345678901234567890.0123456789, %s, '0000001', 1, 2026,"
            " '2026-02-28', '2026-02-28 10:00:00.000001', '2026-01-01 00:00:00', '30:15:00', '{\"a\": 1.10}', 0.1)",
            'oʻ ‘ Ўз, "q"\n',
        )
        names = ("k", "big", "money", "s", "code", "flag", "y", "d", "m", "at", "hours", "j", "f")
        load_from(world, mariadb, names, table="t", key=("k",))
        shown = ", ".join(f"{name}::text" for name in names)
        assert world.live(shown) == [
            ("4294967295", "18446744073709551615", "12345678901234567890.0123456789", "oʻ ‘ Ўз, \"q\"\n", "0000001", "1",
             "2026", "2026-02-28", "2026-02-28 10:00:00.000001", "2026-01-01 00:00:00+00", "30:15:00", '{"a": 1.10}', "0.1")
        ]  # fmt: skip

    def test_null_and_empty_and_many_rows(self, world: World, mariadb: str):
        self.say(mariadb, "CREATE OR REPLACE TABLE t (k INT PRIMARY KEY, s VARCHAR(20))")
        self.say(
            mariadb,
            "INSERT INTO t SELECT seq, CASE seq % 3 WHEN 0 THEN '' WHEN 1 THEN NULL ELSE 'q' END FROM seq_1_to_12000",
        )
        report = load_from(world, mariadb, ("k", "s"), table="t", key=("k",))
        assert report.rows_in == 12_000
        assert cells(world, ("s",))[:3] == [(None,), ("q",), ("",)]

    def test_the_server_ends_by_itself_what_the_portal_gives_up(self, mariadb: str):
        from ckanext.roadmap.sources.database import reading
        from ckanext.roadmap.sources.errors import SourceError

        with reading(mariadb, Limits(overall=600)) as connection:
            assert connection.exec_driver_sql("SELECT @@max_statement_time").scalar_one() == 600
        with (
            pytest.raises(SourceError) as raised,
            reading(mariadb, Limits(statement=1, overall=2)) as connection,
        ):
            connection.exec_driver_sql("SELECT sleep(30)")
        assert raised.value.code == "timeout"

    def test_cannot_write_and_hides_its_address(self, mariadb: str):
        from ckanext.roadmap.sources.database import reading
        from ckanext.roadmap.sources.errors import SourceError

        self.say(mariadb, "CREATE OR REPLACE TABLE t (k INT)")
        with pytest.raises(SourceError) as raised, reading(mariadb, Limits()) as connection:
            connection.exec_driver_sql("INSERT INTO t VALUES (1)")
        assert raised.value.code == "writes"
        with (
            pytest.raises(SourceError) as raised,
            reading("mysql://who:Geheim77@127.0.0.1:1/x", Limits(connect=1)),
        ):
            pass
        assert raised.value.code == "unreachable"
        assert "Geheim77" not in f"{raised.value} {raised.value.params}"


class TestAnyDatabase:
    def test_the_general_way_gives_what_copy_gives(self, world: World):
        world.load(resource_id="by_copy")
        world.source = SourceAccess(world.source.url, kind="database")
        assert world.load().rows_in == 100
        by_copy = postgres.rows(world.reader, "SELECT * FROM by_copy ORDER BY _id")
        assert [row[2:] for row in world.live()] == [row[2:] for row in by_copy]
        postgres.rows(world.store, "DROP TABLE by_copy")

    def test_unknown_kind_of_source(self, world: World):
        with pytest.raises(LoadError) as raised:
            load_from(world, "gopher://x/y", ("a",))
        assert raised.value.code == "source_unknown"


class TestFile:
    @pytest.fixture(autouse=True, params=["whole", "glanced"])
    def _way(self, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
        """Small files are looked at whole; here also as large ones are, which are looked at on their way."""
        if request.param == "glanced":
            monkeypatch.setattr(csv_file, "GLANCE", 8)
            monkeypatch.setattr(csv_file, "BATCHES", 1)
            monkeypatch.setattr(reading, "SIZE", 16)

    def file(self, world: World, content: bytes) -> str:
        path = world.target.folder / "in.csv"
        path.write_bytes(content)
        return f"file://{path}"

    @settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(
        rows=st.lists(st.tuples(texts, texts), min_size=1, max_size=5),
        delimiter=st.sampled_from(",;"),
        quoting=st.sampled_from([csv.QUOTE_ALL, csv.QUOTE_MINIMAL]),
    )
    def test_round_trip(self, world: World, rows: list[Any], delimiter: str, quoting: Any):
        path = world.target.folder / "in.csv"
        with path.open("w", encoding="utf-8", newline="") as out:
            csv.writer(out, delimiter=delimiter, quoting=quoting).writerows([("a", "b"), *rows])
        columns = (ColumnPlan("a", "a", "text"), ColumnPlan("b", "b", "text"))
        report = load_from(world, f"file://{path}", (), columns=columns)
        empty = "" if quoting == csv.QUOTE_ALL else None
        found, meant = cells(world, ("a", "b")), [tuple(cell or empty for cell in row) for row in rows]
        assert Counter(found) == Counter(meant)
        # an example may hold the rows of the one before in another order, which is the same content
        assert found == meant or report.outcome == "unchanged"

    def test_types_by_all_rows_and_declared_ones_win(self, world: World):
        url = self.file(world, b"a,b,c\n" + b"1,1,2026-01-01\n" * 500 + b"007,2,2026-01-02\n")
        columns = (ColumnPlan("a", "a"), ColumnPlan("b", "b", "text"), ColumnPlan("c", "c"))
        assert load_from(world, url, (), columns=columns).types == ["text", "text", "date"]

    @pytest.mark.parametrize(
        ("late", "types", "cell"),
        [
            (b"007,x", ["text", "text"], "007"),
            (b"1.50,x", ["numeric", "text"], Decimal("1.50")),
            ("Қўқон,Ш".encode(), ["text", "text"], "Қўқон"),
            ("Ош,Ш".encode("cp1251"), ["text", "text"], "Ош"),
            (b'"a""b",c', ["text", "text"], 'a"b'),
            (b'"a\nb",c', ["text", "text"], "a\nb"),
        ],
    )
    def test_what_shows_late_counts_for_the_whole_file(
        self, world: World, late: bytes, types: list[str], cell: Any
    ):
        url = self.file(world, b"a,b\n" + b"1,x\n" * 50 + late + b"\n")
        report = load_from(world, url, ("a", "b"))
        assert (report.types, report.rows_in, cells(world, ("a",))[-1]) == (types, 51, (cell,))
        assert world.csv().count(b"\r\n") == 52
        assert load_from(world, url, ("a", "b")).outcome == "unchanged"

    def test_only_approved_columns_in_their_order_from_another_encoding(self, world: World):
        url = self.file(world, 'maxfiy;nomi;kod\r\nx;"Ўзга; ""т"" ";01\r\ny;;02\r\n'.encode("cp1251"))
        columns = (ColumnPlan("code", "kod"), ColumnPlan("name", "nomi"))
        load_from(world, url, (), columns=columns)
        assert cells(world, ("code", "name")) == [("01", 'Ўзга; "т" '), ("02", None)]
        assert world.csv().decode() == 'code,name\r\n01,"Ўзга; ""т"" "\r\n02,\r\n'

    def test_the_same_file_is_not_read_again(self, world: World, monkeypatch: pytest.MonkeyPatch):
        url = self.file(world, b"a\n1\n")

        def told() -> str:
            return (load_from(world, url, ("a",)).choice or {})["code"]

        assert [told(), told()] == ["first", "hash_same"], "it may change again within the same tick"
        monkeypatch.setattr(standing, "TICK", 0.0)
        assert [told(), told()] == ["hash_same", "probe_same"]
        (world.target.folder / "in.csv").touch()
        assert [told(), told()] == ["hash_same", "probe_same"]

    def test_another_file_of_its_size_and_time_is_read(self, world: World, monkeypatch: pytest.MonkeyPatch):
        monkeypatch.setattr(standing, "TICK", 0.0)
        path = world.target.folder / "in.csv"
        url = self.file(world, b"a,b\n1,x\n2,y\n")
        load_from(world, url, ("a", "b"))
        kept = path.stat()
        for content, put in ((b"a,b\n1,y\n2,x\n", path), (b"a,b\n3,x\n4,y\n", path.with_name("beside.csv"))):
            put.write_bytes(content)
            os.utime(put, ns=(kept.st_atime_ns, kept.st_mtime_ns))
            put.replace(path)
            assert path.stat().st_mtime_ns == kept.st_mtime_ns
            assert load_from(world, url, ("a", "b")).outcome == "applied"
        assert cells(world, ("a", "b")) == [(3, "x"), (4, "y")]

    @pytest.mark.parametrize("table", ["../../etc/passwd", "/etc/passwd"])
    def test_outside_of_the_folder(self, world: World, table: str):
        with pytest.raises(LoadError) as raised:
            load_from(world, f"file://{world.target.folder}/", ("a",), table=table)
        assert raised.value.code == "file_outside"

    def test_a_row_that_does_not_fit_changes_nothing(self, world: World):
        load_from(world, self.file(world, b"a,b\n1,2\n"), ("a", "b"))
        with pytest.raises(LoadError) as raised:
            load_from(world, self.file(world, b"a,b\n1,2\n1,2,3\n"), ("a", "b"))
        assert raised.value.code == "row_ragged"
        assert (cells(world, ("a", "b")), world.staging(), world.parts()) == ([(1, 2)], [], [])


@pytest.mark.real_data
@pytest.mark.parametrize("name", ["schools", "kindergartens", "clinics"])
def test_ministries_files_come_out_cell_by_cell(world: World, shared_data: Path, name: str):
    path = shared_data / "ministries" / f"{name}.csv"
    header = look(path).header
    columns = tuple(ColumnPlan(column.strip("_"), column) for column in header)
    report = load_from(world, f"file://{path}", (), columns=columns)
    with path.open(encoding="utf-8-sig", newline="") as file:
        expected = list(csv.reader(file))[1:]
    shown = sql.SQL(", ").join(sql.SQL("{}::text").format(sql.Identifier(column.name)) for column in columns)
    table = sql.Identifier(world.plan.resource_id)
    found = postgres.rows(world.store, sql.SQL("SELECT {} FROM {} ORDER BY _id").format(shown, table))
    kinds = dict(zip(header, report.types, strict=True))

    def told(column: str, cell: str) -> str | None:
        return (cell.replace("T", " ") if kinds[column] == "timestamp" else cell) or None

    assert [tuple(row) for row in found] == [
        tuple(told(column, cell) for column, cell in zip(header, row, strict=True)) for row in expected
    ]
