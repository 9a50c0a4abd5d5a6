"""The territory grid and the tables behind it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

import ckan.plugins.toolkit as tk
from ckan import model
from ckan.tests import factories

from ckanext.roadmap.domain.coverage import Basis, coverage
from ckanext.roadmap.domain.region import REGIONS
from ckanext.roadmap.logic.scopes import make_scope
from ckanext.roadmap.services import compliance, territory
from ckanext.roadmap.tests import country, statements
from ckanext.roadmap.tests.clock import RehearsalClock
from ckanext.roadmap.tests.country import act
from ckanext.roadmap.tests.logic.acting import deadline_of, publish
from ckanext.roadmap.tests.logic.test_as_of import memory  # noqa: F401 - a year in which everything happens

LINE = "E-02,Bog'chalar,Детские сады,Kindergartens,education,portal,annual,by 1 March,{bodies},yes,{column},no,,,no,law\n"


def show(**data: Any) -> dict[str, Any]:
    """The grid as the public sees it."""
    return tk.get_action("roadmap_territory_show")({"user": "", "ignore_auth": False}, data)


def table_of(dataset: str, rows: list[dict[str, str]]) -> str:
    """A table of the DataStore in a dataset; the id of its resource."""
    resource = factories.Resource(package_id=dataset, name="Schools", url_type="datastore")
    act(
        "datastore_create",
        resource_id=resource["id"],
        force=True,
        records=rows,
        fields=[{"id": "region", "type": "text"}],
    )
    return resource["id"]


class TestGrid:
    def test_the_newest_data_tell(self, in_force: RehearsalClock):
        publish(in_force, "2023-04-10T12:00", content="a")
        publish(in_force, "2023-04-12T12:00", content="b", regions=["1703", "1726"])
        (row,) = show(item="E-01")["rows"]
        assert (row["basis"], row["covered"], row["region_column"]) == ("measured", 2, "region")
        assert (row["regions"]["1703"], row["regions"]["1706"]) == ("covered", "missing")
        assert set(row["missing"]) == REGIONS - {"1703", "1726"}
        assert row["evidence"]["content_hash"] == "b" * 64
        assert row["dataset"]["name"] == "schools"

    def test_evidence_leads_to_the_deadline_it_met(self, in_force: RehearsalClock):
        publish(in_force, "2023-04-10T12:00")
        in_force.set("2023-07-20T12:00")
        (row,) = show(item="E-01")["rows"]
        assert row["deadline_id"] == deadline_of("E-01", "2023-Q1")

    def test_items_that_must_not_hold_regions_have_no_row(self, in_force: RehearsalClock):
        result = show()
        assert [row["item"]["code"] for row in result["rows"]] == ["E-01"]
        assert result["rows"][0]["regions"] == dict.fromkeys(sorted(REGIONS), "no_data")
        assert show(body="tax-committee")["rows"] == []

    def test_several_bodies_together(self, in_force: RehearsalClock):
        line = LINE.format(bodies="ministry-education;ministry-finance", column="")
        country.import_list(country.ITEMS + line, year=2024)
        in_force.set("2024-02-01T12:00")
        country.approve(year=2024, day="2024-02-01")
        publish(in_force, "2024-02-02T12:00")
        result = show()
        schools, gardens = result["rows"]
        assert (schools["obligations"], schools["body"]["name"]) == (1, "ministry-education")
        assert (gardens["obligations"], gardens["body"]) == (2, None)
        assert result["total"]["1703"] == {"covered": 1, "no_data": 2}
        assert [row["body"]["name"] for row in show(item="E-02")["rows"]] == [
            "ministry-education",
            "ministry-finance",
        ]
        first, second = show(limit=1), show(limit=1, offset=1)
        assert [*first["rows"], *second["rows"]] == result["rows"]
        assert first["count"] == 2

    def test_without_a_column_nothing_is_covered(self, in_force: RehearsalClock):
        country.import_list(country.ITEMS.replace(",yes,region,yes", ",yes,,yes"), year=2024)
        in_force.set("2024-02-01T12:00")
        country.approve(year=2024, day="2024-02-01")
        publish(in_force, "2024-02-02T12:00", regions=None)
        (row,) = show()["rows"]
        assert set(row["regions"].values()) == {"unknown"}
        assert row["covered"] == 0

    def test_of_the_past(self, in_force: RehearsalClock):
        publish(in_force, "2023-04-10T12:00")
        before = show()
        publish(in_force, "2023-05-10T12:00", content="b", regions=["1703"])
        assert show()["rows"][0]["covered"] == 1
        assert show(as_of="2023-04-10T12:00") == before

    def test_the_newest_events_tell_what_all_of_them_would(self, memory: Any):  # noqa: F811
        bases = set()
        for moment in map(datetime.fromisoformat, memory):
            scope = make_scope({"as_of": moment})
            by_all = {
                one.owed.id: coverage(one.owed.facts, one.owed.facts.revisions[one.owed.revision.id], moment)
                for one in compliance.assess_all(model.Session(), scope)
                if one.owed.in_force and one.owed.revision.territorial
            }
            told = {one.owed.id: one.coverage for one in territory.grid(model.Session(), scope)}
            assert told == by_all, moment
            bases |= {one.basis for one in told.values()}
        assert bases == {Basis.measured, Basis.no_data}

    def test_statements_stay_as_many(self, in_force: RehearsalClock):
        lines = "".join(LINE.replace("E-02", f"T-{n:02}").format(bodies="all", column="r") for n in range(20))
        with statements.recorded() as few:
            show()
        country.import_list(country.ITEMS + lines, year=2024)
        in_force.set("2024-02-01T12:00")
        country.approve(year=2024, day="2024-02-01")
        model.Session.expire_all()
        with statements.recorded() as many:
            assert show()["count"] == 21
        assert len(many) <= len(few)


class TestTables:
    ASKED = {"item": "E-01", "body": "ministry-education", "live": True}

    def test_the_table_itself_is_opened(self, in_force: RehearsalClock):
        dataset = publish(in_force, "2023-04-10T12:00")
        codes = ["1703", "1703202", "1703202", "1726", "Andijon", "", None]
        resource = table_of(dataset, [{"region": code} for code in codes])
        (table,) = show(**self.ASKED)["tables"]
        assert (table["resource_id"], table["outcome"], table["column"]) == (resource, "read", "region")
        assert table["regions"] == {"1703": {"rows": 3, "codes": 2}, "1726": {"rows": 1, "codes": 1}}
        assert set(table["missing"]) == REGIONS - {"1703", "1726"}
        assert table["unrecognised"] == [{"code": "Andijon", "rows": 1}]
        assert (table["rows"], table["empty"]) == (7, 2)

    def test_a_table_without_the_column_says_so(self, in_force: RehearsalClock):
        dataset = publish(in_force, "2023-04-10T12:00")
        resource = factories.Resource(package_id=dataset, url_type="datastore")
        act(
            "datastore_create",
            resource_id=resource["id"],
            force=True,
            fields=[{"id": "hudud", "type": "text"}],
        )
        factories.Resource(package_id=dataset)
        found = [(table["outcome"], table["missing"]) for table in show(**self.ASKED)["tables"]]
        assert found == [("no_column", None), ("no_table", None)]

    def test_a_private_table_is_not_opened(self, in_force: RehearsalClock):
        dataset = publish(in_force, "2023-04-10T12:00")
        table_of(dataset, [{"region": "1703"}])
        act("package_patch", id=dataset, private=True)
        assert show(**self.ASKED)["tables"] == []

    def test_a_name_of_a_column_is_no_statement(self, in_force: RehearsalClock):
        country.import_list(
            country.ITEMS.replace(",yes,region,yes", ',yes,"r""; DROP TABLE x; --",yes'), year=2024
        )
        in_force.set("2024-02-01T12:00")
        country.approve(year=2024, day="2024-02-01")
        table_of(publish(in_force, "2024-02-02T12:00"), [{"region": "1703"}])
        assert [table["outcome"] for table in show(**self.ASKED)["tables"]] == ["no_column"]

    def test_what_cannot_be_opened_is_refused(self, in_force: RehearsalClock):
        with pytest.raises(tk.ValidationError, match="one at a time"):
            show(item="E-01", live=True)
        with pytest.raises(tk.ValidationError, match="Only the present"):
            show(**self.ASKED, as_of="2023-04-09")
