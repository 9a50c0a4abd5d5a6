"""The worked examples of docs/status-rule.md, by their numbers."""

from __future__ import annotations

from ckanext.roadmap.domain.calendar import Period
from ckanext.roadmap.domain.event import Place
from ckanext.roadmap.domain.notice import Fault

from .builders import STANDS_STILL, at, event, facts, read, requires, site, verdict, verdicts


def told(row):
    return str(row.status), str(row.reason)


def test_2_late():
    late = facts(event("2023-05-04"))
    row = verdict(late, "2023-05-05")
    assert (row.status, row.days_late, row.is_kept, row.missed) == ("late_met", 19, False, True)
    assert verdict(late, "2023-08-04", "2023-Q2").status == "delinquent"
    row = verdict(facts(event("2023-04-16")), "2023-05-05")
    assert (row.status, row.days_late, row.is_kept) == ("late_met", 1, True)


def test_3_nothing_comes():
    days = {"2023-03-31": "awaiting", "2023-04-01": "due", "2023-04-16": "in_grace", "2023-05-04": "overdue"}
    for day, status in {**days, "2023-05-22": "delinquent"}.items():
        assert verdict(facts(), day).status == status
    assert verdict(facts(published_from=None), "2023-05-04").status == "not_published"


def test_4_the_old_file_again():
    row = verdict(
        facts(event("2023-01-10", content_hash="a"), event("2023-04-10", content_hash="a")), "2023-05-04"
    )
    assert told(row) == ("overdue", "same_content")
    assert row.nearest.at == at("2023-04-10")


def test_5_too_late_for_three_quarters():
    rows = verdicts(facts(event("2023-10-05")), "2023-10-06")
    assert told(rows["2023-Q1"]) == told(rows["2023-Q2"]) == ("delinquent", "window_missed")
    assert rows["2023-Q3"].status == "on_time"


def test_6_a_backfill_that_tells_its_period():
    rows = verdicts(facts(event("2023-07-05", covers=Period.parse("2023-Q1"))), "2023-07-06")
    assert rows["2023-Q1"].status == "late_met"
    assert told(rows["2023-Q2"]) == ("due", "other_period")


def test_7_two_places():
    both = facts(event("2023-04-10"), site("2023-04-20"), requirements=requires(places=frozenset(Place)))
    assert told(verdict(both, "2023-04-11")) == ("due", "site_unmeasured")
    assert told(verdict(both, "2023-04-16")) == ("in_grace", "site_unmeasured")
    assert verdict(both, "2023-04-20").days_late == 5


def test_8_a_register_that_stands_still():
    rows = verdicts(facts(read("2023-04-02"), read("2023-04-03"), requirements=STANDS_STILL), "2023-04-04")
    assert [told(rows[f"2023-Q{n}"]) for n in (1, 2)] == [
        ("on_time", "qualified"),
        ("awaiting", "period_open"),
    ]


def test_9_a_link_confirmed_late():
    late = facts(event("2023-04-10"), published_from=at("2023-05-08"))
    assert [str(verdict(late, f"2023-05-0{day}").status) for day in (7, 8)] == ["not_published", "on_time"]


def test_10_our_own_outage():
    fault = Fault(at("2023-05-01"), at("2023-05-10"), at("2023-05-01"))
    assert told(verdict(facts(faults=(fault,)), "2023-06-30")) == ("unknown", "portal_fault")
