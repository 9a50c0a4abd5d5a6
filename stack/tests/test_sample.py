from __future__ import annotations

import csv
from datetime import date

import yaml

from ckanext.roadmap.sources.approved_list import read_approved_list
from ckanext.roadmap.sources.bodies import read_bodies
from ckanext.roadmap.sources.mapping_file import parse
from ckanext.roadmap.sources.successions import read_successions
from ckanext.roadmap.sources.systems import read_systems

from stack import box
from stack.content import PEOPLE, SAMPLE
from stack.sample.ministry import REGIONS, SCHOOLS, tables

DAY = date(2026, 5, 4)


def column(table, name):
    names = [part.split()[0] for part in table.columns.split(", ")]
    return {row[names.index(name)] for row in table.rows}


def test_the_same_seed_and_day_give_the_same_rows():
    assert tables(DAY) == tables(DAY)
    assert tables(DAY) != tables(DAY, seed=2)


def test_every_territorial_table_covers_all_regions():
    made = {table.name: table for table in tables(DAY)}
    assert len(REGIONS) == 14
    assert len(made["schools"].rows) == SCHOOLS
    for name in ("schools", "kindergarten_queue", "teachers", "new_schools"):
        assert column(made[name], "region_soato") == set(REGIONS)


def test_districts_belong_to_their_regions():
    for table in tables(DAY):
        if "district_soato" in table.columns:
            assert {district[:4] for district in column(table, "district_soato")} <= set(REGIONS)


def test_bodies_and_successions_parse():
    bodies = read_bodies((SAMPLE / "bodies.csv").read_bytes(), "bodies.csv")
    names = {draft.name for draft in bodies}
    assert {organization for organization, _ in PEOPLE.values()} <= names
    for succession in read_successions((SAMPLE / "successions.csv").read_bytes(), "successions.csv"):
        assert {succession.body, succession.from_body} <= names


def test_the_list_parses_and_names_known_bodies():
    text = (SAMPLE / "approved-list.csv").read_text().replace("{year}", "2026")
    items = list(read_approved_list(text.encode(), "approved-list.csv"))
    names = {row["name"] for row in csv.DictReader((SAMPLE / "bodies.csv").open())} | {"all"}
    assert len(items) >= 12
    for row in csv.DictReader(text.splitlines()):
        assert set(row["responsible"].split(";")) <= names


def test_systems_parse_and_name_items_of_the_list():
    text = (SAMPLE / "approved-list.csv").read_text()
    codes = {row["code"] for row in csv.DictReader(text.splitlines())}
    for draft in read_systems((SAMPLE / "systems.csv").read_bytes(), "systems.csv"):
        assert set(draft.items) <= codes


def test_suggestions_come_before_the_commission_and_make_a_new_item():
    told = yaml.safe_load(box.SAMPLE.read_text(encoding="utf-8"))
    names = {row["name"] for row in csv.DictReader((SAMPLE / "bodies.csv").open())}
    codes = {row["code"] for row in csv.DictReader((SAMPLE / "approved-list.csv").open())}
    assert {entry["body"] for entry in told["entries"]} <= names
    assert {entry["suggestion"] for entry in told["entries"]} < set(range(len(told["suggestions"])))
    accepted = [entry["decision"] for entry in told["entries"] if entry["decision"]["decision"] == "accept"]
    assert accepted
    assert {one["code"] for one in accepted}.isdisjoint(codes)


def test_mappings_parse_and_publish_no_phone():
    drafts = parse((SAMPLE / "mapping.yaml").read_text())
    columns = {table.name: table.columns for table in tables(DAY)}
    required = {row["code"]: row for row in csv.DictReader((SAMPLE / "approved-list.csv").open())}
    assert len(drafts) == len(columns)
    for draft in drafts:
        found = {column["name"] for column in draft.definition["columns"]}
        assert "director_phone" not in found
        assert all(name in columns[draft.definition["table"]] for name in found)
        assert set(required[draft.definition["item"]]["columns"].split(";")) - {""} <= found


def test_mapping_file_is_plain_yaml():
    assert yaml.safe_load((SAMPLE / "mapping.yaml").read_text())["mappings"]
