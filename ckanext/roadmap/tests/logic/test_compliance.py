"""The compliance view from a list in force, links, and data events."""

from __future__ import annotations

from typing import Any

import pytest

import ckan.plugins.toolkit as tk

from ckanext.roadmap.tests import country
from ckanext.roadmap.tests.clock import RehearsalClock
from ckanext.roadmap.tests.country import act
from ckanext.roadmap.tests.logic.acting import publish


def show(**data: Any) -> dict[str, Any]:
    """The compliance view as the public sees it."""
    return tk.get_action("roadmap_compliance_show")({"user": "", "ignore_auth": False}, data)


def statuses(**data: Any) -> dict[str, str]:
    """Status by period, of an item or body."""
    return {row["period"]["code"]: row["status"] for row in show(**data)["deadlines"]}


@pytest.mark.usefixtures("clean_db")
def test_without_a_list_there_is_nothing_and_it_says_so():
    result = show()
    assert result["list_version"] is None
    assert result["bodies"] == []
    assert result["total"]["kept"] == {"met": 0, "of": 0, "percent": None}
    assert result["total"]["light"] == "none"


class TestCountry:
    def test_every_body_that_owes_has_a_row(self, in_force: RehearsalClock):
        result = show()
        assert [row["name"] for row in result["bodies"]] == [
            "statistics-agency",
            "ministry-education",
            "ministry-finance",
            "tax-committee",
        ]
        assert result["total"]["obligations"] == 6
        assert result["total"]["published"] == {"met": 0, "of": 6, "percent": 0.0}
        assert result["quarter"] == "2023-Q2"

    def test_rows_add_up_to_the_total(self, in_force: RehearsalClock):
        publish(in_force, "2023-04-10T12:00")
        in_force.set("2023-07-20T12:00")
        result = show()
        for share in ("published", "current", "kept", "kept_on_time"):
            for part in ("met", "of"):
                assert sum(row[share][part] for row in result["bodies"]) == result["total"][share][part]
        counted = sum(show(body=row["name"])["count"] for row in result["bodies"])
        assert counted == sum(result["total"]["statuses"].values())

    def test_filters(self, in_force: RehearsalClock):
        assert [row["name"] for row in show(kind="committee")["bodies"]] == ["tax-committee"]
        assert [row["name"] for row in show(sphere="education")["bodies"]] == ["ministry-education"]
        with pytest.raises(tk.ValidationError, match="Use one of"):
            show(kind="club")
        with pytest.raises(tk.ValidationError, match="YYYY-Qn"):
            show(quarter="spring")


class TestItem:
    def test_nothing_published(self, in_force: RehearsalClock):
        assert statuses(item="E-01") == {"2023-Q1": "due", "2023-Q2": "awaiting"}
        in_force.set("2023-04-20T12:00")
        assert statuses(item="E-01")["2023-Q1"] == "in_grace"
        in_force.set("2023-05-20T12:00")
        assert statuses(item="E-01")["2023-Q1"] == "not_published"

    def test_on_time(self, in_force: RehearsalClock):
        publish(in_force, "2023-04-10T12:00")
        row = show(item="E-01")["deadlines"][-1]
        assert (row["status"], row["reason"], row["days_late"]) == ("on_time", "qualified", 0)
        assert row["evidence"]["rows"] == 1411
        assert row["evidence"]["grade"] == "measured"
        assert row["dataset"]["name"] == "schools"
        assert row["dataset"]["title"]["uz"]
        assert row["run_id"] == "run-2023-04-10T12:00"

    def test_late(self, in_force: RehearsalClock):
        publish(in_force, "2023-04-18T12:00")
        row = show(item="E-01")["deadlines"][-1]
        assert (row["status"], row["days_late"]) == ("late_met", 3)

    def test_unchanged_meets_the_next_period_and_nothing_more(self, in_force: RehearsalClock):
        publish(in_force, "2023-04-10T12:00")
        publish(in_force, "2023-04-11T12:00", kind="unchanged")
        in_force.set("2023-07-05T12:00")
        assert statuses(item="E-01")["2023-Q2"] == "due"
        publish(in_force, "2023-07-06T12:00", kind="unchanged")
        assert statuses(item="E-01") == {"2023-Q1": "on_time", "2023-Q2": "on_time", "2023-Q3": "awaiting"}

    @pytest.mark.parametrize(
        ("changes", "reason", "missing"),
        [
            ({"regions": ["1703"]}, "regions_missing", 13),
            ({"columns": ["code"]}, "columns_missing", 1),
            ({"regions": None}, "regions_missing", None),
        ],
    )
    def test_what_lacks_does_not_qualify_and_says_what(
        self, in_force: RehearsalClock, changes: dict[str, Any], reason: str, missing: int | None
    ):
        publish(in_force, "2023-04-10T12:00", **changes)
        row = show(item="E-01")["deadlines"][-1]
        assert (row["status"], row["reason"]) == ("due", reason)
        assert row["evidence"]["qualifies"] is False
        if missing is not None:
            assert len(row["missing"]) == missing

    def test_an_unknown_item(self, in_force: RehearsalClock):
        with pytest.raises(tk.ObjectNotFound):
            show(item="Z-99")


class TestDataset:
    def test_a_private_dataset_is_neither_published_nor_named(self, in_force: RehearsalClock):
        dataset_id = publish(in_force, "2023-04-10T12:00")
        assert show(item="E-01")["obligations"][0]["published"] is True
        act("package_patch", id=dataset_id, private=True)
        obligation = show(item="E-01")["obligations"][0]
        assert obligation["dataset"] is None

    def test_paging(self, in_force: RehearsalClock):
        in_force.set("2023-07-20T12:00")
        whole = show(body="ministry-finance")
        first, second = (
            show(body="ministry-finance", limit=3),
            show(body="ministry-finance", limit=3, offset=3),
        )
        assert first["count"] == whole["count"] > 6
        assert [*first["deadlines"], *second["deadlines"]] == whole["deadlines"][:6]

    def test_status_filter_gives_the_rows_of_the_figure(self, in_force: RehearsalClock):
        in_force.set("2023-09-20T12:00")
        for status, count in show()["total"]["statuses"].items():
            found = sum(show(body=row["name"], status=status)["count"] for row in show()["bodies"])
            assert found == count


class TestRevision:
    def test_a_revision_neither_doubles_nor_edits_the_past(self, in_force: RehearsalClock):
        in_force.set("2024-02-01T12:00")
        before = statuses(item="E-01")
        country.import_list(country.ITEMS.replace("15 days after", "30 days after"), year=2024)
        country.approve(year=2024, day="2024-02-01")
        after = show(item="E-01")["deadlines"]
        assert [row["period"]["code"] for row in after] == [
            "2024-Q1",
            "2023-Q4",
            "2023-Q3",
            "2023-Q2",
            "2023-Q1",
        ]
        assert {row["period"]["code"]: row["status"] for row in after} == before
        assert after[0]["due_at"].startswith("2024-04-30")
