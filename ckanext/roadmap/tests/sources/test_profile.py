"""Counts of columns: by a database and by ourselves the same, and never a value among them."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from ckanext.roadmap.loading.extract import extractor_for
from ckanext.roadmap.loading.extract.records import encode
from ckanext.roadmap.loading.look import look
from ckanext.roadmap.loading.plan import ColumnPlan, LoadPlan, SourceAccess
from ckanext.roadmap.sources.catalogue import Offered
from ckanext.roadmap.sources.errors import SourceError
from ckanext.roadmap.sources.profile import Counts, of_records

ROWS = [("1", "Toshkent", None), ("2", "Toshkent", ""), ("3", 'a "b", c\nd', None)]
COLUMNS = (ColumnPlan("id", "id"), ColumnPlan("city", "shahar"), ColumnPlan("note", "izoh"))


@pytest.fixture
def base(tmp_path: Path) -> str:
    path = tmp_path / "vazirlik.sqlite"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE maktab (id text, shahar text, izoh text, pinfl text)")
        connection.executemany("INSERT INTO maktab VALUES (?, ?, ?, '31203900000000')", ROWS)
    return f"sqlite:///{path}"


def plan(*columns: ColumnPlan, table: str = "maktab") -> LoadPlan:
    return LoadPlan("look", "m", "look", "public", table, columns or COLUMNS)


def test_cells_are_counted_empty_text_is_one():
    found = of_records(encode(ROWS), ["id", "city", "note"], 10)
    assert (found.rows, found.whole) == (3, True)
    assert found.columns == {"id": Counts(0, 3), "city": Counts(0, 2), "note": Counts(2, 1)}


def test_no_more_rows_than_asked_are_counted():
    found = of_records(encode(ROWS), ["id", "city", "note"], 2)
    assert (found.rows, found.whole, found.columns["city"]) == (2, False, Counts(0, 1))
    assert of_records(b"", ["id"], 2).columns == {"id": Counts(0, 0)}


def test_a_database_counts_the_same(base: str):
    found = look(plan(), SourceAccess(base))
    assert (found.rows, found.whole) == (3, True)
    counts = {one.name: one.counts for one in found.columns if one.name}
    assert counts == dict(of_records(encode(ROWS), ["id", "city", "note"], 10).columns)
    (other,) = [one for one in found.columns if one.name is None]
    assert (other.source, other.counts) == ("pinfl", Counts(0, 1))
    for value in ("Toshkent", "31203900000000"):
        assert value not in repr(found)


def test_a_column_that_lacks_is_told_beside_the_others(base: str):
    found = look(plan(*COLUMNS, ColumnPlan("year", "yil")), SourceAccess(base))
    assert [(one.source, one.type, one.counts) for one in found.columns if one.name == "year"] == [
        ("yil", None, None)
    ]


def test_before_there_is_a_mapping_everything_is_counted(base: str, tmp_path: Path):
    path = tmp_path / "maktab.csv"
    path.write_text('id,shahar,izoh\n1,Toshkent,\n2,Toshkent,""\n3,Buxoro,\n', encoding="utf-8")
    nothing = LoadPlan("look", "m", "look", "public", "maktab", ())
    found = look(nothing, SourceAccess(base))
    assert [(one.name, one.source, one.counts) for one in found.columns][1:3] == [
        (None, "shahar", Counts(0, 2)),
        (None, "izoh", Counts(2, 1)),
    ]
    found = look(nothing, SourceAccess(path.as_uri()))
    assert [(one.source, one.kind) for one in found.columns] == [
        ("id", "int8"),
        ("shahar", "text"),
        ("izoh", "text"),
    ]


def test_a_connection_tells_what_it_offers(base: str, tmp_path: Path):
    with sqlite3.connect(base.removeprefix("sqlite:///")) as connection:
        connection.execute("CREATE VIEW tuman AS SELECT shahar FROM maktab")
    nothing = LoadPlan("look", "m", "look", "", "", ())
    assert extractor_for(nothing, SourceAccess(base)).offered() == [
        Offered("", "maktab", "table"),
        Offered("", "tuman", "view"),
    ]
    folder = tmp_path / "qabul"
    folder.mkdir()
    for name in ("b.csv", "a.xlsx", "half.csv.part", "half.csv"):
        (folder / name).write_text("x\n")
    (folder / "inner").mkdir()
    found = extractor_for(nothing, SourceAccess(f"drop://{folder}/")).offered()
    assert found == [Offered("", "a.xlsx", "file"), Offered("", "b.csv", "file")]
    found = extractor_for(nothing, SourceAccess(folder.as_uri() + "/")).offered()
    assert [one.name for one in found or ()] == ["a.xlsx", "b.csv", "half.csv", "half.csv.part"]
    assert extractor_for(nothing, SourceAccess("https://stat.example/data/")).offered() is None


def test_a_table_that_lacks_is_an_error(base: str):
    with pytest.raises(SourceError) as caught:
        look(plan(table="yoq"), SourceAccess(base))
    assert caught.value.code == "table_missing"


def test_a_file_is_looked_through(tmp_path: Path):
    path = tmp_path / "maktab.csv"
    path.write_text('id,shahar,izoh\n1,Toshkent,\n2,Toshkent,""\n3,Buxoro,\n', encoding="utf-8")
    found = look(plan(), SourceAccess(path.as_uri()))
    assert [(one.name, one.type, one.counts) for one in found.columns] == [
        ("id", "int8", Counts(0, 3)),
        ("city", "text", Counts(0, 2)),
        ("note", "text", Counts(2, 1)),
    ]
