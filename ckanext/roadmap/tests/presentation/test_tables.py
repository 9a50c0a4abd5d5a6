"""Declared tables: what they show, their order, their files."""

from __future__ import annotations

import csv
import io
import json
from datetime import datetime
from zoneinfo import ZoneInfo

import openpyxl
import pytest

from ckanext.roadmap.presentation import csv_file, json_file, table_files
from ckanext.roadmap.presentation.bodies import begun_statuses, bodies_table
from ckanext.roadmap.presentation.deadlines import deadlines_table
from ckanext.roadmap.presentation.obligations import obligations_table
from ckanext.roadmap.tests.presentation import canned


def read(table, rows):
    text = "".join(csv_file.lines(table, rows))
    assert text.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))


def workbook(table, rows):
    with table_files.spooled("xlsx", table, rows, ZoneInfo("Asia/Tashkent"), str.upper) as file:
        return openpyxl.load_workbook(file).active


def keys(columns):
    return [column.key for column in columns]


class TestOrder:
    rows = canned.country()["bodies"]

    @pytest.mark.parametrize("sort", sorted(bodies_table(canned.STATUSES).sort_keys()))
    def test_every_column_orders_without_losing_a_row(self, sort):
        names = [row["name"] for row in bodies_table(canned.STATUSES).ordered(self.rows, sort, "en")]
        assert sorted(names) == sorted(row["name"] for row in self.rows)

    def test_a_share_of_nothing_goes_last_in_either_direction(self):
        for sort in ("kept", "-kept"):
            ordered = bodies_table().ordered(self.rows, sort, "en")
            assert [row["kept"]["percent"] for row in ordered][-3:] == [None, None, None]

    def test_minus_turns_round(self):
        ordered = bodies_table().ordered(self.rows, "-published", "en")
        percents = [row["published"]["percent"] for row in ordered]
        assert percents == sorted(percents, reverse=True)

    def test_a_body_is_ordered_by_its_title_in_the_reader_s_language(self):
        rows = [
            {"title": {"uz": "B", "ru": "А"}, "name": "one"},
            {"title": {"uz": "A", "ru": "Б"}, "name": "two"},
        ]
        assert [row["name"] for row in bodies_table().ordered(rows, "body", "uz")] == ["two", "one"]
        assert [row["name"] for row in bodies_table().ordered(rows, "body", "ru")] == ["one", "two"]

    def test_lights_go_from_red_to_green(self):
        lights = [row["light"] for row in bodies_table().ordered(self.rows, "light", "en")]
        assert lights == ["red"] * 2 + ["yellow"] * 2 + ["green"] * 2 + ["none"] * 3


class TestColumns:
    def test_only_statuses_that_occur_get_a_column_on_the_page(self):
        shown = begun_statuses([{"statuses": {"overdue": 2, "on_time": 1, "due": 0}}])
        assert shown == ["overdue", "on_time"]
        assert keys(bodies_table(shown).page_columns)[-2:] == ["overdue", "on_time"]

    def test_the_file_has_every_status(self):
        assert set(canned.STATUSES) <= set(keys(bodies_table().file_columns))

    @pytest.mark.parametrize("table", [bodies_table(), deadlines_table("body"), obligations_table("item")])
    def test_keys_are_unique(self, table):
        for columns in (table.page_columns, table.file_columns):
            assert len(keys(columns)) == len(set(keys(columns)))


class TestFile:
    def test_rows_add_up_to_the_page(self):
        rows = canned.country()["bodies"]
        written = read(bodies_table(), rows)
        assert len(written) == len(rows)
        assert written[1]["title_ru"] == "Министерство № 1"
        assert written[1]["published_met"] == "1"
        assert written[0]["kept_percent"] == ""

    def test_a_deadline_tells_its_evidence(self):
        row = read(deadlines_table("body"), [canned.deadline()])[0]
        assert row["period"] == "2023-Q2"
        assert row["evidence_content_hash"] == canned.HASH
        assert row["dataset_name"] == "schools"

    def test_an_unmet_deadline_has_empty_cells(self):
        row = read(deadlines_table("item"), [canned.deadline(status="delinquent")])[0]
        assert (row["evidence_rows"], row["met_at"], row["run_id"]) == ("", "", "")

    def test_an_obligation_says_whether_it_is_published(self):
        assert read(obligations_table("body"), [canned.obligation()])[0]["published"] == "yes"

    def test_a_title_cannot_become_a_formula(self):
        row = {**canned.obligation(), "dataset": {"name": "=1+1", "title": "x"}}
        assert read(obligations_table("body"), [row])[0]["dataset_name"] == "'=1+1"
        assert [csv_file.safe(value) for value in (["=1+1", "b"], -5, -0.5)] == ["'=1+1;b", "-5", "-0.5"]

    def test_lists_are_joined(self):
        assert read(deadlines_table("body"), [canned.deadline(status="overdue")])[0]["missing"] == "region"


class TestTypedFiles:
    table = deadlines_table("body")
    rows = canned.ledger(deadlines=11)["deadlines"]

    def test_json_holds_the_rows_of_the_csv_file(self):
        found = json.loads("".join(json_file.lines(self.table, self.rows)))
        assert keys(self.table.file_columns) == list(found[0])
        assert [row["deadline_id"] for row in found] == [
            row["deadline_id"] for row in read(self.table, self.rows)
        ]
        assert json.loads("".join(json_file.lines(self.table, []))) == []

    def test_xlsx_is_typed_frozen_and_filtered(self):
        sheet = workbook(self.table, self.rows)
        head = [cell.value for cell in sheet[1]]
        columns = self.table.file_columns
        assert len(set(head)) == len(columns), "columns of one name are told apart by their keys"
        words = {column.key: word for column, word in zip(columns, head, strict=True)}
        assert (words["due_at"], words["period_last"]) == ("DUE DATE", "PERIOD (period_last)")
        assert sheet.column_dimensions["A"].width > 9
        assert sheet.freeze_panes == "A2"
        assert sheet.auto_filter.ref.startswith("A1:")
        row = dict(zip(head, [cell.value for cell in sheet[2]], strict=True))
        due = datetime.fromisoformat(self.rows[0]["due_at"]).astimezone(ZoneInfo("Asia/Tashkent"))
        assert row["DUE DATE"] == due.replace(tzinfo=None, microsecond=0)
        assert sheet.max_row == len(self.rows) + 1

    def test_a_text_that_looks_like_a_formula_stays_a_text(self):
        rows = [{**self.rows[0], "id": "=1+1"}]
        cell = workbook(self.table, rows)["A2"]
        assert (cell.value, cell.data_type) == ("=1+1", "s")
