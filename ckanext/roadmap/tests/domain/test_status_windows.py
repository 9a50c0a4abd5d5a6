"""Which deadline an event goes to, and that it meets one only."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from ckanext.roadmap.domain.calendar import Period
from ckanext.roadmap.domain.covering import Span, covered
from ckanext.roadmap.domain.notice import Exemption
from ckanext.roadmap.domain.status import assess, assess_5
from ckanext.roadmap.domain.term import Frequency, Term

from .builders import (
    CONTINUOUS,
    STANDS_STILL,
    TASHKENT,
    at,
    attested,
    change,
    event,
    facts,
    ledger,
    read,
    site,
    verdict,
    verdicts,
)

MONTHLY = Term.parse("monthly", "20 days after period end")  # January: due 20 February, window until 6 March


def statuses(told, as_of, codes):
    found = verdicts(told, as_of)
    return [str(found[code].status) for code in codes]


class TestOverlappingWindows:
    rows = ledger(MONTHLY)
    codes = ("2023-01", "2023-02")

    def test_the_oldest_unmet_gets_it_and_only_that_one(self):
        told = facts(event("2023-03-03"), deadlines=self.rows)
        assert statuses(told, "2023-03-04", self.codes) == ["late_met", "due"]
        assert verdict(told, "2023-03-04", "2023-02").reason == "counted_elsewhere"

    def test_a_second_event_goes_to_the_next(self):
        told = facts(event("2023-03-03"), event("2023-03-04"), deadlines=self.rows)
        assert statuses(told, "2023-03-05", self.codes) == ["late_met", "on_time"]

    def test_a_met_one_leaves_it_to_the_next(self):
        told = facts(event("2023-02-10"), event("2023-03-03"), deadlines=self.rows)
        assert statuses(told, "2023-03-05", self.codes) == ["on_time", "on_time"]

    @pytest.mark.parametrize(
        ("when", "expected"),
        [("2023-03-06 23:59:59", ["late_met", "due"]), ("2023-03-07", ["delinquent", "on_time"])],
    )
    def test_twice_the_grace_bounds_the_window(self, when, expected):
        told = facts(event(when), deadlines=self.rows)
        assert statuses(told, "2023-03-08", self.codes) == expected

    def test_one_that_a_decision_freed_takes_nothing_from_one_that_counts(self):
        freed = Exemption(at("2023-03-01"), deadline_id="2023-01")
        told = facts(event("2023-03-03"), deadlines=self.rows, exemptions=(freed,))
        assert statuses(told, "2023-03-04", self.codes) == ["exempt", "on_time"]
        more = replace(told, events=(*told.events, event("2023-03-04")))
        assert verdict(more, "2023-03-05", "2023-01").computed == "late_met"
        assert assess_5(told, at("2023-03-05"))[1].status == "due"
        revoked = replace(told, exemptions=(replace(freed, revoked_at=at("2023-03-05")),))
        assert statuses(revoked, "2023-03-05", self.codes) == ["late_met", "due"]

    def test_each_place_is_counted_by_itself(self):
        told = facts(event("2023-03-03"), site("2023-03-03"), deadlines=self.rows)
        assert statuses(told, "2023-03-04", self.codes) == ["late_met", "due"]


def test_a_second_event_in_a_period_meets_nothing_more():
    told = facts(read("2023-04-02"), read("2023-04-03"), read("2023-06-30"), requirements=STANDS_STILL)
    assert statuses(told, "2023-07-02", ("2023-Q1", "2023-Q2", "2023-Q3")) == ["on_time", "due", "awaiting"]


def test_a_late_upload_does_not_whiten_earlier_misses():
    told = facts(event("2023-10-05"))
    assert statuses(told, "2023-10-06", ("2023-Q1", "2023-Q2", "2023-Q3")) == [
        "delinquent",
        "delinquent",
        "on_time",
    ]
    assert verdict(told, "2023-10-06").reason == "window_missed"


def test_input_order_is_of_no_account():
    events = [event("2023-04-10"), event("2023-07-20"), event("2023-10-20")]
    forward, backward = facts(*events), facts(*reversed(events), deadlines=ledger()[::-1])
    assert verdicts(forward, "2023-12-01") == verdicts(backward, "2023-12-01")


class TestDaysThatTellThemselves:
    rows = ledger(Term.parse("daily", "1 days after period end"), "2023-05-08", "2023-05-20")

    def test_two_missed_days_stay_two(self):
        """By the window alone each later load would go to the day before its own, for ever late."""
        loads = [event(f"2023-05-{day:02} 06:00") for day in (9, 10, 13, 14, 15, 16)]
        codes = [f"2023-05-{day:02}" for day in range(8, 16)]
        told = facts(*loads, deadlines=self.rows)
        assert statuses(told, "2023-05-16 07:00", codes)[-3:] != ["on_time"] * 3
        named = [replace(load, covers=self.covers(load)) for load in loads]
        assert statuses(facts(*named, deadlines=self.rows), "2023-05-16 07:00", codes) == [
            "on_time", "on_time", "delinquent", "delinquent", "on_time", "on_time", "on_time", "on_time",
        ]  # fmt: skip

    def covers(self, load):
        yesterday = load.at.astimezone(TASHKENT).date() - timedelta(days=1)
        span = Span(Period.parse("2023-05-01"), Period(yesterday, yesterday))
        return covered(span, Frequency.daily, yesterday + timedelta(days=1))


class TestCoveredPeriod:
    q1, q2 = Period.parse("2023-Q1"), Period.parse("2023-Q2")

    def test_decides_instead_of_the_window(self):
        told = facts(event("2023-07-05", covers=self.q1))
        found = verdicts(told, "2023-07-06")
        assert (found["2023-Q1"].status, found["2023-Q2"].status) == ("late_met", "due")
        assert found["2023-Q2"].reason == "other_period"

    def test_of_a_long_series_the_newest_period_counts(self):
        series = Period(Period.parse("2015").start, self.q2.last)
        told = facts(event("2023-07-05", covers=series))
        assert statuses(told, "2023-07-06", ("2023-Q1", "2023-Q2")) == ["delinquent", "on_time"]

    def test_a_running_period_is_not_covered_yet(self):
        series = Period(Period.parse("2015").start, self.q2.last)
        told = facts(event("2023-05-05", covers=series))
        assert statuses(told, "2023-05-06", ("2023-Q1", "2023-Q2")) == ["late_met", "awaiting"]

    def test_a_part_of_the_period_does_not_do(self):
        row = verdict(facts(event("2023-04-05", covers=Period.parse("2023-03"))), "2023-05-06")
        assert (row.status, row.reason) == ("overdue", "other_period")

    def test_twice_the_same_period_meets_nothing_more(self):
        told = facts(event("2023-04-05", covers=self.q1), event("2023-07-05", covers=self.q1))
        assert statuses(told, "2023-07-06", ("2023-Q1", "2023-Q2")) == ["on_time", "due"]

    def test_a_year_meets_its_newest_quarter_only(self):
        told = facts(event("2024-01-05", covers=Period.parse("2023")))
        assert statuses(told, "2024-01-06", ("2023-Q3", "2023-Q4")) == ["delinquent", "on_time"]


class TestContinuous:
    def test_a_month_is_confirmed_by_a_reading_after_its_end(self):
        rows = ledger(CONTINUOUS)
        told = facts(read("2023-01-31 12:00"), deadlines=rows, requirements=STANDS_STILL)
        assert verdict(told, "2023-02-02", "2023-01").reason == "too_early"
        told = facts(read("2023-02-01 12:00"), deadlines=rows, requirements=STANDS_STILL)
        assert verdict(told, "2023-02-02", "2023-01").status == "on_time"

    def test_a_change_is_due_in_working_days(self):
        row = change("2023-03-09 10:00")  # a Thursday
        assert row.due_at == at("2023-03-14 23:59:59.999999")
        told = facts(event("2023-03-14 12:00"), deadlines=(row,))
        assert verdict(told, "2023-03-15", row.id).status == "on_time"

    def test_published_at_the_very_moment_of_the_change(self):
        row = change("2023-03-09 10:00")
        assert (
            verdict(facts(event("2023-03-09 10:00"), deadlines=(row,)), "2023-03-15", row.id).status
            == "on_time"
        )

    def test_data_from_before_the_change_do_not_count(self):
        row = change("2023-03-09 10:00")
        assert (
            verdict(facts(event("2023-03-09 09:59"), deadlines=(row,)), "2023-03-20", row.id).status
            == "delinquent"
        )

    def test_one_event_for_each_change(self):
        rows = (change("2023-03-09 10:00", "a"), change("2023-03-09 11:00", "b"))
        told = facts(event("2023-03-09 12:00"), deadlines=rows)
        assert statuses(told, "2023-03-10", [row.id for row in rows]) == ["on_time", "due"]

    def test_what_publishes_a_change_confirms_the_month_too(self):
        days = [f"2023-{month:02}-{day:02}" for month in (1, 2, 3, 4) for day in range(1, 29)]
        rows = [change(f"{day} 10:00", recorded_at=at(f"{day} 23:00")) for day in days]
        loads = [event(f"{day} 23:00", live_read_at=at(f"{day} 23:00")) for day in days]
        told = facts(*loads, deadlines=(*ledger(CONTINUOUS), *rows), requirements=STANDS_STILL)
        found = [row for row in assess(told, at("2023-04-28 23:30")) if row.status != "awaiting"]
        assert len(found) == len(days) + 3
        assert {row.status for row in found} == {"on_time"}
        assert assess_5(told, at("2023-04-28 23:30"))[-10].status == "due"  # three behind by then

    def test_a_signature_for_a_change_confirms_no_month(self):
        rows = (*ledger(CONTINUOUS, until="2023-02-28"), change("2023-02-10 10:00"))
        told = facts(event("2023-01-10"), attested("2023-02-11"), deadlines=rows)
        assert statuses(told, "2023-02-12", ("change-2023-02-10", "2023-01")) == ["on_time", "overdue"]

    def test_misses_of_months_and_changes_are_told_apart(self):
        rows = (*ledger(CONTINUOUS, until="2023-02-28"), change("2023-03-09 10:00"))
        found = verdicts(facts(deadlines=rows), "2023-03-16 12:00")
        assert (found["2023-01"].status, found[rows[-1].id].status) == ("delinquent", "overdue")

    def test_a_change_is_known_from_its_recording(self):
        row = change("2023-03-09 10:00", recorded_at=at("2023-03-11"))
        told = facts(deadlines=(row,))
        assert verdicts(told, "2023-03-10") == {}
        assert list(verdicts(told, "2023-03-11")) == [row.id]
