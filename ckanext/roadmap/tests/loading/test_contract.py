"""Quality contracts over real staged rows: figures, what holds, and when they are measured anew."""

from __future__ import annotations

from typing import Any

import pytest

from ckanext.roadmap.loading.plan import ColumnPlan
from ckanext.roadmap.loading.report import LoadReport

from .conftest import World

COMPLETE = {"rule": "complete", "column": "name", "share": 100, "weight": "hold"}


def figures(report: LoadReport) -> list[dict[str, Any]]:
    assert report.contract is not None
    return [one["figures"] for one in report.contract["results"]]


def passed(report: LoadReport) -> list[bool]:
    assert report.contract is not None
    return [one["passed"] for one in report.contract["results"]]


def test_every_rule_is_measured_in_one_pass(world: World):
    world.sql(
        "ALTER TABLE schools ADD region text, ADD day date, ADD extra json;"
        "UPDATE schools SET region = CASE WHEN id < 50 THEN '1703202' ELSE '1726' END,"
        " day = date '2026-04-10' - id, extra = '{}';"
        "UPDATE schools SET region = '1799' WHERE id = 7; UPDATE schools SET region = NULL WHERE id = 8;"
        "UPDATE schools SET code = '0000003' WHERE id IN (4, 5); UPDATE schools SET name = E'\\u00a0 ' WHERE id < 3;"
        "UPDATE schools SET code = 'x' WHERE id = 6; UPDATE schools SET pupils = 'NaN' WHERE id = 50"
    )
    hold: dict[str, Any] = {"weight": "hold"}
    rules: list[dict[str, Any]] = [
        {"rule": "unique", "columns": ["code"], **hold},
        {"rule": "unique", "columns": ["id", "extra"], **hold},
        {"rule": "codes", "column": "region", "list": "soato", **hold},
        {"rule": "codes", "column": "region", "list": "regions", **hold},
        {"rule": "codes", "column": "region", "list": "districts", **hold},
        {"rule": "codes", "column": "id", "values": ["1", "2"], **hold},
        {"rule": "range", "column": "pupils", "least": 3, "most": 148.5, **hold},
        {"rule": "range", "column": "code", "least": 2, "most": None, **hold},
        {"rule": "range", "column": "pupils", "least": 0, "most": None, **hold},
        {"rule": "complete", "column": "name", "share": 98, **hold},
        {"rule": "fresh", "column": "day", "days": 1, **hold},
        {"rule": "small_cells", "column": "id", "below": 5, "weight": "warn"},
    ]
    names = ("region", "day", "extra")
    columns = (*world.plan.columns, *(ColumnPlan(name, name) for name in names))
    report = world.load(columns=columns, contract=tuple(rules))
    assert figures(report) == [
        {"double": 2}, {"double": 0}, {"wrong": 1}, {"wrong": 48}, {"wrong": 52}, {"wrong": 98},
        {"wrong": 3}, {"wrong": 2}, {"wrong": 1}, {"empty": 2, "rows": 100}, {"newest": "2026-04-09"},
        {"small": 4},
    ]  # fmt: skip
    assert [number for number, one in enumerate(passed(report)) if one] == [1, 9, 10]
    assert (report.outcome, [one["code"] for one in report.findings]) == (
        "held",
        ["contract_broken", "contract_warned"],
    )
    assert report.contract is not None
    assert report.contract["day"] == "2026-04-10"
    assert LoadReport.from_dict(report.to_dict()) == report


def test_a_warning_holds_nothing(world: World):
    world.sql("UPDATE schools SET name = NULL WHERE id = 1")
    report = world.load(contract=({**COMPLETE, "weight": "warn"},))
    assert (report.outcome, passed(report)) == ("applied", [False])
    assert [one["weight"] for one in report.findings] == ["warn"]


def test_a_broken_contract_keeps_the_old_rows(world: World):
    world.load(contract=(COMPLETE,))
    world.sql("UPDATE schools SET name = NULL WHERE id = 1")
    report = world.load(contract=(COMPLETE,))
    assert (report.outcome, report.held and report.held["code"]) == ("held", "contract_broken")
    assert world.live("name")[0] == ("maktab 1",)


@pytest.mark.parametrize("key", [("id",), ()])
def test_rules_that_are_new_are_measured_over_rows_that_are_not(world: World, key: tuple[str, ...]):
    world.load(key=key)
    first = world.load(key=key, contract=(COMPLETE,))
    assert (first.outcome, passed(first)) == ("unchanged", [True])
    again = world.load(key=key, contract=(COMPLETE,))
    assert again.contract == first.contract
    assert again.choice is not None
    assert again.choice["code"] == "hash_same"
    without = world.load(key=key)
    assert (without.outcome, without.contract) == ("unchanged", None)


def test_no_value_is_told(world: World):
    world.sql("UPDATE schools SET code = 'secret-77' WHERE id = 1")
    rule = {"rule": "codes", "column": "code", "values": ["0000001"], "weight": "warn"}
    assert "secret-77" not in repr(world.load(contract=(rule,)).to_dict()["contract"])
