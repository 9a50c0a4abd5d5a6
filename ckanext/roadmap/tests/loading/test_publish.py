"""Files and change log of real loads: all formats at once, old versions, what differs row by row."""

from __future__ import annotations

import csv
import hashlib
import json
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import psycopg2
import pyarrow.parquet as pq
import pytest
import python_calamine
from psycopg2 import sql

from ckanext.roadmap.loading.plan import ColumnPlan
from ckanext.roadmap.loading.publish import files, finish_files, public_path, remove_version, version_folder
from ckanext.roadmap.loading.publish.changes import ChangeLog
from ckanext.roadmap.loading.publish.formats import FORMATS
from ckanext.roadmap.tests import postgres

from .conftest import World
from .test_kill import killed

ALL = tuple(FORMATS)
NAMES = ("id", "name", "code", "pupils", "seen", "note")
HARD = """
    ALTER TABLE schools ADD seen timestamptz DEFAULT '2026-02-28 23:59:59.123456+05', ADD note text;
    UPDATE schools SET note = CASE id % 4 WHEN 0 THEN NULL WHEN 1 THEN '' WHEN 2 THEN 'a "b", ' || chr(10) || 'c'
    ELSE 'Oʻzbekiston Ўз' END, code = CASE WHEN id = 5 THEN NULL ELSE code END"""


@pytest.fixture
def logged(world: World) -> World:
    world.target = replace(world.target, on_changes=ChangeLog(1000, world.target.read_role))
    return world


def changes(world: World, run_id: str) -> list[tuple[Any, ...]]:
    return postgres.rows(
        world.store,
        "SELECT kind, key, before, after FROM public._roadmap_changes WHERE run_id = %s ORDER BY seq", run_id,
    )  # fmt: skip


class TestFiles:
    def test_every_format_of_a_run_is_put_in_place_at_once(self, world: World):
        report = world.load(formats=ALL)
        assert [file.format for file in report.files] == ["CSV", "JSON", "JSON Lines", "Parquet", "XLSX"]
        for file in report.files:
            content = public_path(
                world.target.folder, world.plan.resource_id, Path(file.name).suffix[1:]
            ).read_bytes()
            assert (file.bytes, file.sha256) == (len(content), hashlib.sha256(content).hexdigest())
        lines = public_path(world.target.folder, world.plan.resource_id, "jsonl").read_text().splitlines()
        assert json.loads(lines[6]) == {"id": 7, "name": "maktab 7", "code": "0000007", "pupils": 10.5}

    def test_table_and_files_hold_the_same_cells_of_one_reading(self, world: World):
        """The source is read once; what readers of the table and of each file get is equal, cell by cell."""
        world.sql(HARD)
        columns = tuple(ColumnPlan(name, name) for name in ("id", "name", "code", "pupils", "seen", "note"))
        read = (
            "SELECT pg_stat_force_next_flush(), seq_scan FROM pg_stat_user_tables WHERE relname = 'schools'"
        )
        before = world.sql(read)[0][1]
        world.load(columns=columns, formats=ALL)
        assert world.sql(read)[0][1] - before == 1
        table = world.live("id, name, code, pupils, seen, note")
        home = public_path(world.target.folder, world.plan.resource_id).parent
        assert pq.read_table(home / "data.parquet").to_pylist() == [
            dict(zip(NAMES, row, strict=True)) for row in table
        ]
        lines = (home / "data.jsonl").read_text().splitlines()
        assert [json.loads(line, parse_float=Decimal) for line in lines] == json.loads(
            (home / "data.json").read_text(), parse_float=Decimal
        )
        assert [tuple(json.loads(line, parse_float=Decimal).values()) for line in lines] == [
            tuple(
                cell.astimezone(UTC).isoformat().replace("+00:00", "Z")
                if isinstance(cell, datetime)
                else cell
                for cell in row
            )
            for row in table
        ]
        with (home / "data.csv").open(newline="") as file:
            rows = list(csv.reader(file))
        assert [dict(zip(NAMES, row, strict=True)) for row in rows[1:]] == [
            dict(zip(NAMES, row, strict=True)) for row in postgres.rows(world.reader, _as_text(world))
        ]
        sheet = (
            python_calamine.CalamineWorkbook.from_path(home / "data.xlsx").get_sheet_by_index(0).to_python()
        )
        assert [(int(row[0]), *row[1:3], Decimal(str(row[3]))) for row in sheet[1:]] == [
            (row[0], row[1] or "", row[2] or "", row[3]) for row in table
        ]

    def test_rows_that_do_not_go_live_are_written_in_no_further_format(
        self, world: World, monkeypatch: pytest.MonkeyPatch
    ):
        world.load(formats=ALL)
        monkeypatch.setattr(files, "others", None)
        world.sql("UPDATE schools SET pupils = pupils")
        assert world.load(formats=ALL).outcome == "unchanged"
        world.sql("DELETE FROM schools WHERE id > 10")
        assert world.load(formats=ALL, row_floor=50).outcome == "held"

    def test_an_old_version_stays_until_it_is_removed_and_the_served_one_cannot_be(self, world: World):
        first = world.load()
        world.sql("UPDATE schools SET pupils = 0")
        second = world.load()
        folder, resource = world.target.folder, world.plan.resource_id
        old = version_folder(folder, resource, first.run_id) / "data.csv"
        assert old.read_bytes() != world.csv()
        assert remove_version(folder, resource, second.run_id) is False
        assert remove_version(folder, resource, first.run_id) is True
        assert not old.exists()
        assert world.csv()

    def test_a_format_that_cannot_hold_the_rows_is_left_out_and_says_why(self, world: World):
        world.sql("UPDATE schools SET name = repeat('x', 40000) WHERE id = 5")
        report = world.load(formats=("csv", "xlsx", "parquet"))
        left_out, made = report.files[1:]
        assert (left_out.problem or {})["code"] == "xlsx_long_text"
        assert (made.format, made.problem) == ("Parquet", None)
        assert not public_path(world.target.folder, world.plan.resource_id, "xlsx").exists()
        assert world.parts() == []

    def test_a_crash_after_the_swap_loses_no_file(self, world: World):
        world.plan = replace(world.plan, formats=ALL)
        killed(world, "publish", "dead")
        made = finish_files(world.target.folder, world.plan.resource_id, "dead")
        assert len(made) == len(ALL) - 1
        assert len(
            {
                path.suffix
                for path in public_path(world.target.folder, world.plan.resource_id).parent.glob("data.*")
            }
        ) == len(ALL)
        assert finish_files(world.target.folder, world.plan.resource_id, "dead") == []


class TestChanges:
    def test_a_merge_tells_each_row_with_what_differs(self, logged: World):
        logged.load()
        logged.sql("UPDATE schools SET pupils = NULL WHERE id = 3; DELETE FROM schools WHERE id = 5")
        logged.sql("INSERT INTO schools VALUES (500, 'yangi', '0500', 1, NULL)")
        report = logged.load()
        assert report.strategy == "merge"
        assert sorted(changes(logged, report.run_id)) == [
            ("added", {"id": 500}, None, {"id": 500, "name": "yangi", "code": "0500", "pupils": 1}),
            ("changed", {"id": 3}, {"pupils": 4.5}, {"pupils": None}),
            ("removed", {"id": 5}, {"id": 5, "name": "maktab 5", "code": "0000005", "pupils": 7.5}, None),
        ]
        assert report.changes == {"kept": True, "columns_added": [], "columns_removed": []}
        assert report.sample == {"added": [{"id": 500}], "changed": [{"id": 3}], "removed": [{"id": 5}]}

    def test_a_swap_tells_the_same(self, logged: World):
        logged.load()
        logged.sql("UPDATE schools SET pupils = 0")
        report = logged.load()
        assert report.strategy == "swap"
        found = changes(logged, report.run_id)
        assert len(found) == 100
        assert found[0] == ("changed", {"id": 1}, {"pupils": 1.5}, {"pupils": 0})

    def test_a_new_column_is_told(self, logged: World):
        logged.load(columns=logged.plan.columns[:3])
        report = logged.load()
        assert (report.changes or {})["columns_added"] == ["pupils"]
        assert changes(logged, report.run_id)[0] == ("changed", {"id": 1}, {"pupils": None}, {"pupils": 1.5})

    def test_a_change_too_large_keeps_its_counts_and_says_so(self, logged: World):
        logged.target = replace(logged.target, on_changes=ChangeLog(10, logged.target.read_role))
        logged.load()
        logged.sql("UPDATE schools SET pupils = 0 WHERE id <= 14")
        report = logged.load()
        assert (report.changes or {})["reason"] == "too_many"
        assert report.rows_updated == 14
        assert not changes(logged, report.run_id) if _has_log(logged) else True

    def test_readers_of_the_datastore_cannot_read_it(self, logged: World):
        logged.load()
        logged.sql("UPDATE schools SET pupils = 0 WHERE id = 1")
        logged.load()
        with pytest.raises(psycopg2.errors.InsufficientPrivilege):
            postgres.rows(logged.reader, "SELECT * FROM public._roadmap_changes")


def _as_text(world: World) -> sql.Composed:
    """Each cell as CSV has it, which tells nothing from an empty text to most of its readers."""
    shown = sql.SQL(", ").join(
        sql.SQL("coalesce({}::text, '')").format(sql.Identifier(name)) for name in NAMES
    )
    return sql.SQL("SELECT {} FROM {} ORDER BY _id").format(shown, sql.Identifier(world.plan.resource_id))


def _has_log(world: World) -> bool:
    return postgres.rows(world.store, "SELECT to_regclass('public._roadmap_changes')") != [(None,)]
