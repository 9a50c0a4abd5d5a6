"""Declared tables: what they show, their order, their files."""

from __future__ import annotations

import csv
import io

import pytest

from ckanext.roadmap.presentation import csv_file
from ckanext.roadmap.presentation.bodies import begun_statuses, bodies_table
from ckanext.roadmap.presentation.deadlines import deadlines_table
from ckanext.roadmap.presentation.obligations import obligations_table
from ckanext.roadmap.tests.presentation import canned


def read(table, rows):
    text = "".join(csv_file.lines(table, rows))
    assert text.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))


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

    def test_lists_are_joined(self):
        assert read(deadlines_table("body"), [canned.deadline(status="overdue")])[0]["missing"] == "region"
