"""Trend, change, groups, honest refresh and what to fix first, as the API tells them."""

from __future__ import annotations

from typing import Any

import pytest

import ckan.plugins.toolkit as tk

from ckanext.roadmap import result_jobs
from ckanext.roadmap.logic import country_repairs
from ckanext.roadmap.services import clock
from ckanext.roadmap.tests.clock import RehearsalClock
from ckanext.roadmap.tests.logic.acting import publish
from ckanext.roadmap.tests.logic.test_compliance import show

SHARES = ("published", "current", "kept", "kept_on_time", "automatic")


@pytest.fixture
def year(in_force: RehearsalClock) -> RehearsalClock:
    """Schools come on time, then too late, then the same again; it is October."""
    publish(in_force, "2023-04-10T12:00")
    publish(in_force, "2023-07-25T12:00", content="b", rows=1400)
    publish(in_force, "2023-07-26T12:00", content="a")
    publish(in_force, "2023-08-01T12:00", kind="unchanged", content="a", run_id=None, live_read_at=None)
    in_force.set("2023-10-10T12:00")
    return in_force


def rows(**data: Any) -> int:
    listed = tk.get_action("roadmap_deadline_list")({"user": "", "ignore_auth": False}, data)
    return listed["count"]


def test_every_figure_of_every_quarter_has_its_rows(year: RehearsalClock):
    result = show()
    assert [row["quarter"] for row in result["trend"]] == ["2023-Q1", "2023-Q2", "2023-Q3", "2023-Q4"]
    for told in result["trend"]:
        assert {key: told[key] for key in SHARES} == {
            key: show(quarter=told["quarter"])["total"][key] for key in SHARES
        }
        for share in SHARES[1:]:
            assert rows(share=share, quarter=told["quarter"]) == told[share]["of"], (told["quarter"], share)
        assert rows(share="late", quarter=told["quarter"]) == told["late"]["count"]


def test_change_is_the_step_between_two_quarters(year: RehearsalClock):
    trend = {row["quarter"]: row for row in show()["trend"]}
    change = show(quarter="2023-Q3")["total"]["change"]
    for share in ("published", "kept"):
        step = trend["2023-Q3"][share]["percent"] - trend["2023-Q2"][share]["percent"]
        assert change[share] == pytest.approx(step, abs=0.11)
    assert show(quarter="2023-Q1")["total"]["change"]["kept"] is None


def test_kinds_add_up(year: RehearsalClock):
    result = show(quarter="2023-Q3")
    assert [row["kind"] for row in result["kinds"]] == ["ministry", "committee", "agency"]
    assert sum(row["bodies"] for row in result["kinds"]) == len(result["bodies"])
    for share in SHARES:
        for part in ("met", "of"):
            assert sum(row[share][part] for row in result["kinds"]) == result["total"][share][part]
    assert sum(row["late"]["count"] for row in result["bodies"]) == result["total"]["late"]["count"]


def test_days_late_and_automatic(year: RehearsalClock):
    body = show(body="ministry-education", quarter="2023-Q3", item="E-01")["total"]
    assert body["late"] == {"count": 1, "median": 10.0, "worst": 10}
    assert body["automatic"] == {"met": 1, "of": 1, "percent": 100.0}


def test_refreshed_beside_really_changed(year: RehearsalClock):
    told = show(quarter="2023-Q3")["total"]["refresh"]
    assert (told["refreshed"], told["really_changed"]) == (3, 1)
    assert (told["fewer_rows"], told["flip_flop"], told["resaved"]) == (1, 1, 1)
    assert [row["refresh"]["really_changed"] for row in show()["trend"]] == [0, 1, 1, 0]


def test_bodies_are_found_in_any_script(year: RehearsalClock):
    for words in ("taʼlim", "Таълим", "образован", "EDUCATION ministry", "1-002"):
        assert [row["name"] for row in show(q=words)["bodies"]] == ["ministry-education"], words
    assert show(q="nobody")["bodies"] == []


def test_what_is_said_to_be_raised_is_raised(year: RehearsalClock):
    told = show(item="E-01", repairs=5)["fix_first"]
    assert told["count"] == 1
    before = show(item="E-01")["total"]
    publish(year, "2023-10-10T12:00", content="c")
    now = show(item="E-01")["total"]
    raised = {key: now[key]["met"] - before[key]["met"] for key in ("published", "current")}
    assert raised.items() <= told["obligations"][0]["raises"].items()
    assert told["after"]["current"] == now["current"]


def test_repairs_are_told_only_when_asked_for(year: RehearsalClock):
    assert show()["fix_first"] is None
    told = show(repairs=2)["fix_first"]
    assert len(told["obligations"]) == 2 < told["count"]
    for group in ("bodies", "items"):
        everything = show(repairs=100)["fix_first"][group]
        assert sum(row["repairs"] for row in everything) == told["count"]
    assert told["after_all"]["current"]["percent"] == 100.0


def test_the_country_s_repairs_are_those_of_the_rule(year: RehearsalClock):
    for asked in ({}, {"kind": "ministry"}, {"q": "education"}):
        by_rule = show(repairs=4, **asked, as_of=clock.now().isoformat())["fix_first"]
        assert show(repairs=4, **asked)["fix_first"] == by_rule
        assert by_rule["count"]


def test_they_are_counted_in_the_background_where_too_much_is_missing(
    year: RehearsalClock, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(country_repairs, "MOST_MISSING", 0)
    assert show(repairs=2)["fix_first"] is None
    assert result_jobs.make_sheets()
    assert show(repairs=2)["fix_first"]["count"]
    assert result_jobs.make_sheets() == 0
