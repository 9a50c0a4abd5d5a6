"""Deadlines where obligations change hands or terms in mid-period: each period is owed once, by one."""

from __future__ import annotations

from typing import Any

import pytest

import ckan.plugins.toolkit as tk

from ckanext.roadmap.tests import country
from ckanext.roadmap.tests.clock import RehearsalClock
from ckanext.roadmap.tests.country import act
from ckanext.roadmap.tests.logic.acting import deadline_of, deadlines, publish
from ckanext.roadmap.tests.logic.test_successions import succeed

LATER = "ministry-school,ministry-education,renamed,"


def periods(item: str, **data: Any) -> list[tuple[str, str, str]]:
    """Every deadline that has begun: who owes which period, and how it stands."""
    rows = act("roadmap_deadline_list", item=item, limit=1000, **data)["deadlines"]
    return sorted((row["period"]["code"], row["body"]["name"], row["status"]) for row in rows)


def stands(**data: Any) -> str:
    return deadlines(item="E-01", **data)["2023-Q2"]["status"]


def revise(clock: RehearsalClock, items: str, year: int, moment: str) -> None:
    clock.set(moment)
    country.import_list(items, year=year)
    country.approve(year=year, day=moment[:10])
    act("roadmap_ledger_extend")


def test_a_body_that_ends_in_mid_period_owes_it_no_more_and_its_heir_once(in_force: RehearsalClock):
    publish(in_force, "2023-04-11T12:00")
    in_force.set("2023-05-16T12:00")
    succeed(LATER + "2023-05-15")
    act("roadmap_ledger_extend")
    in_force.set("2023-10-30T12:00")
    found = periods("E-01")
    assert [row[0] for row in found] == ["2023-Q1", "2023-Q2", "2023-Q3", "2023-Q4"]
    assert {row[1] for row in found} == {"ministry-school"}
    months = [row for row in periods("F-01") if row[1] in ("ministry-school", "ministry-education")]
    assert len({row[0] for row in months}) == len(months)


def test_an_item_that_leaves_and_comes_back(in_force: RehearsalClock):
    publish(in_force, "2023-04-11T12:00")
    without = "\n".join(line for line in country.ITEMS.split("\n") if not line.startswith("E-01"))
    revise(in_force, without, 2024, "2024-02-10T12:00")
    in_force.set("2024-08-01T12:00")
    revise(in_force, country.ITEMS, 2025, "2025-02-10T12:00")
    in_force.set("2025-08-20T12:00")
    found = periods("E-01")
    codes = [row[0] for row in found]
    assert codes == ["2023-Q1", "2023-Q2", "2023-Q3", "2023-Q4", "2025-Q1", "2025-Q2", "2025-Q3"]


def test_quarterly_becomes_monthly_in_mid_quarter(in_force: RehearsalClock):
    publish(in_force, "2023-04-11T12:00")
    revise(in_force, country.ITEMS.replace("quarterly", "monthly"), 2024, "2024-02-10T12:00")
    in_force.set("2024-05-25T12:00")
    found = periods("E-01")
    codes = [row[0] for row in found]
    assert codes == ["2023-Q1", "2023-Q2", "2023-Q3", "2023-Q4", "2024-02", "2024-03", "2024-04", "2024-05"]
    revise(in_force, country.ITEMS, 2025, "2025-02-10T12:00")
    in_force.set("2025-05-25T12:00")
    assert [row[0] for row in periods("E-01")][-3:] == ["2025-01", "2025-Q1", "2025-Q2"]


def test_objections_one_after_the_other(in_force: RehearsalClock):
    publish(in_force, "2023-04-11T12:00")
    in_force.set("2023-08-20T12:00")
    second = deadline_of("E-01", "2023-Q2")
    told = [stands()]
    made = act("roadmap_objection_create", deadline=second, fault="portal", text="One")
    with pytest.raises(tk.ValidationError):
        act("roadmap_objection_create", deadline=second, fault="portal", text="Two")
    in_force.set("2024-03-01T12:00")  # long after the term to rule
    told.append(stands())
    act("roadmap_objection_rule", id=made["id"], ruling="dismissed", text="No")
    told.append(stands())
    in_force.set("2024-03-02T12:00")
    again = act("roadmap_objection_create", deadline=second, fault="source", text="Again")
    told.append(stands())
    in_force.set("2024-03-20T12:00")
    act("roadmap_objection_rule", id=again["id"], ruling="upheld", text="Yes", remedy="exempt")
    told.append(stands())
    assert told == ["overdue", "contested", "delinquent", "contested", "exempt"]
    days = ("2023-08-19", "2024-02-20", "2024-03-01", "2024-03-02", "2024-03-20")
    assert [stands(as_of=day) for day in days] == told
