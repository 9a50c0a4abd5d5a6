"""The status in the order of time (Q1 of 2023: due 15 April, grace 18 days until 3 May, delinquent after 21 May)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ckanext.roadmap.domain.errors import RuleVersionError
from ckanext.roadmap.domain.event import EventKind
from ckanext.roadmap.domain.notice import Exemption, Fault, Force, Notice, NoticeKind, Objection
from ckanext.roadmap.domain.status import (
    RULE_VERSION,
    assess,
    assess_1,
    assess_2,
    assess_3,
    assess_5,
    rule,
    rules,
)

from .builders import at, days, event, facts, ledger, requires, verdict, verdicts

END_OF = "23:59:59.999999"


@pytest.mark.parametrize(
    ("as_of", "status"),
    [
        ("2023-01-01", "awaiting"),
        (f"2023-03-31 {END_OF}", "awaiting"),
        ("2023-04-01", "due"),
        (f"2023-04-15 {END_OF}", "due"),
        ("2023-04-16", "in_grace"),
        (f"2023-05-03 {END_OF}", "in_grace"),
        ("2023-05-04", "overdue"),
        (f"2023-05-21 {END_OF}", "overdue"),
        ("2023-05-22", "delinquent"),
        ("2033-01-01", "delinquent"),
    ],
)
def test_without_an_event(as_of, status):
    assert verdict(facts(), as_of).status == status


@pytest.mark.parametrize(
    ("as_of", "status"),
    [
        ("2023-03-01", "awaiting"),
        ("2023-04-10", "due"),
        ("2023-04-20", "in_grace"),
        ("2023-05-04", "not_published"),
    ],
)
def test_without_a_publication(as_of, status):
    row = verdict(facts(published_from=None), as_of)
    assert row.status == status
    assert row.reason == ("period_open" if status == "awaiting" else "no_publication")


def test_not_published_stands_before_delinquent():
    assert verdict(facts(published_from=None), "2023-12-31").status == "not_published"


@pytest.mark.parametrize(
    ("when", "status", "days_late", "missed"),
    [
        ("2023-04-01 00:00:01", "on_time", 0, False),
        (f"2023-04-15 {END_OF}", "on_time", 0, False),
        ("2023-04-16", "late_met", 1, False),
        ("2023-04-16 23:00", "late_met", 1, False),
        ("2023-04-17", "late_met", 2, False),
        (f"2023-05-03 {END_OF}", "late_met", 18, False),
        ("2023-05-04", "late_met", 19, True),
        ("2023-07-01", "late_met", 77, True),
    ],
)
def test_with_a_qualifying_event(when, status, days_late, missed):
    row = verdict(facts(event(when)), "2023-12-31")
    assert (row.status, row.days_late, row.missed) == (status, days_late, missed)
    assert (row.reason, row.met_at, row.event) == ("qualified", at(when), event(when))


def test_the_window_ends_with_the_next_period():
    row = verdict(facts(event("2023-07-01 00:00:01")), "2023-07-02")
    assert (row.status, row.reason) == ("delinquent", "window_missed")
    assert row.nearest == event("2023-07-01 00:00:01")


def test_a_miss_before_makes_the_next_one_delinquent_at_once():
    rows = verdicts(facts(), "2023-08-03")
    assert rows["2023-Q2"].status == "in_grace"
    assert verdicts(facts(), "2023-08-04")["2023-Q2"].status == "delinquent"
    met = facts(event("2023-04-10"))
    assert verdicts(met, "2023-08-04")["2023-Q2"].status == "overdue"


def test_a_period_met_after_grace_was_missed_all_the_same():
    late = facts(event("2023-05-10"))
    assert verdicts(late, "2023-08-04")["2023-Q2"].status == "delinquent"


def test_days_late_run_while_unmet():
    assert verdict(facts(), "2023-04-15 12:00").days_late is None
    assert verdict(facts(), "2023-04-25 12:00").days_late == 10


class TestUnknown:
    def test_undefined_coverage_is_never_compliant(self):
        asked = requires(territorial=True, regions=frozenset({"1703"}))
        told = facts(event("2023-04-10", regions=frozenset({"1703"})), requirements=asked)
        assert verdict(told, "2023-03-10").status == "awaiting"
        for as_of in ("2023-04-10", "2023-04-20", "2023-05-10", "2023-12-31"):
            row = verdict(told, as_of)
            assert (row.status, row.reason) == ("unknown", "coverage_undefined")
            assert not row.missed

    def test_while_our_fault_lasts(self):
        fault = Fault(at("2023-04-05"), at("2023-04-07"), at("2023-04-05"))
        told = facts(faults=(fault,))
        assert [verdict(told, day).status for day in ("2023-04-04", "2023-04-06", "2023-04-07")] == [
            "due",
            "unknown",
            "due",
        ]
        assert verdict(told, "2023-04-06").reason == "portal_fault"

    def test_our_fault_at_the_deciding_moment_stays(self):
        fault = Fault(at("2023-05-01"), at("2023-05-10"), at("2023-05-01"))
        row = verdict(facts(faults=(fault,)), "2023-06-30")
        assert (row.status, row.missed, row.days_late) == ("unknown", False, None)
        assert verdicts(facts(faults=(fault,)), "2023-08-04")["2023-Q2"].status == "overdue"

    def test_data_seen_after_the_fault_count(self):
        fault = Fault(at("2023-05-01"), at("2023-05-10"), at("2023-05-01"))
        assert verdict(facts(event("2023-05-10"), faults=(fault,)), "2023-06-30").status == "late_met"

    def test_what_our_fault_took_of_the_grace_follows_it(self):
        fault = Fault(at("2023-05-01"), at("2023-05-10"), at("2023-05-10"))  # from noon to the end of the 3rd
        for day, is_kept in (("2023-05-10", True), ("2023-05-12 23:59", True), ("2023-05-13 00:01", False)):
            told = facts(event(day), faults=(fault,))
            row = verdict(told, "2023-06-30")
            assert (row.status, row.is_kept, row.missed) == ("late_met", is_kept, not is_kept)
            old = next(one for one in assess_1(told, at("2023-06-30")) if one.deadline.id == row.deadline.id)
            assert (old.is_kept, old.missed) == (False, True)
        assert verdict(facts(event("2023-05-12"), faults=(fault,)), "2023-05-11").status == "unknown"

    def test_a_further_fault_gives_back_what_it_took_of_that(self):
        faults = (
            Fault(at("2023-05-01"), at("2023-05-10"), at("2023-05-10")),  # three days of grace were left
            Fault(at("2023-05-12"), at("2023-05-20"), at("2023-05-20")),  # one of them again
        )
        for day, is_kept, before in (
            ("2023-05-11 12:00", True, True),
            ("2023-05-20 23:59", True, False),
            ("2023-05-21 00:01", False, False),
        ):
            told = facts(event(day), faults=faults)
            row = verdict(told, "2023-06-30")
            assert (row.status, row.is_kept, row.missed) == ("late_met", is_kept, not is_kept), day
            old = next(one for one in assess_2(told, at("2023-06-30")) if one.deadline.id == row.deadline.id)
            assert (old.is_kept, old.missed) == (before, not before), day

    def test_a_source_that_fails_is_not_unknown(self):
        row = verdict(facts(event("2023-04-10", EventKind.failed)), "2023-05-10")
        assert (row.status, row.reason) == ("overdue", "source_failed")


class TestDisplayed:
    def test_exempt_by_deadline_and_by_dates(self):
        single = Exemption(at("2023-04-20"), deadline_id="2023-Q1")
        bulk = Exemption(at("2023-04-20"), since=at("2023-04-01"), until=at("2023-04-30"))
        for exemption in (single, bulk):
            row = verdict(facts(exemptions=(exemption,)), "2023-05-10")
            assert (row.status, row.computed, row.reason) == ("exempt", "overdue", "exempt")
            assert (row.missed, row.counts, row.computed_reason) == (False, False, "no_event")

    def test_exemption_is_seen_from_its_recording_until_revoked(self):
        exemption = Exemption(at("2023-05-05"), deadline_id="2023-Q1", revoked_at=at("2023-05-08"))
        told = facts(exemptions=(exemption,))
        assert [verdict(told, f"2023-05-{day}").status for day in ("04", "05", "08")] == [
            "overdue",
            "exempt",
            "overdue",
        ]

    def test_exempt_misses_do_not_burden_the_next_period(self):
        told = facts(exemptions=(Exemption(at("2023-04-20"), deadline_id="2023-Q1"),))
        assert verdicts(told, "2023-08-04")["2023-Q2"].status == "overdue"

    def test_contested_until_ruled_and_under_exempt(self):
        objection = Objection("2023-Q1", at("2023-05-05"), ruled_at=at("2023-05-12"), upheld=False)
        told = facts(objections=(objection,))
        row = verdict(told, "2023-05-06")
        assert (row.status, row.computed, row.reason, row.missed) == (
            "contested",
            "overdue",
            "contested",
            True,
        )
        assert verdict(told, "2023-05-12").status == "overdue"
        both = replace(told, exemptions=(Exemption(at("2023-05-05"), deadline_id="2023-Q1"),))
        assert verdict(both, "2023-05-06").status == "exempt"


class TestNotices:
    def test_void(self):
        notice = Notice("2023-Q1", NoticeKind.void, at("2023-05-05"))
        told = facts(notices=(notice,))
        assert verdict(told, "2023-05-04").status == "overdue"
        row = verdict(told, "2023-05-05")
        assert (row.status, row.reason, row.notice, row.counts) == ("exempt", "void", notice, False)
        assert verdicts(told, "2023-08-04")["2023-Q2"].status == "overdue"

    def test_a_void_deadline_takes_no_event(self):
        rows = (*ledger(since="2023-01-01", until="2023-02-28"), *ledger(since="2023-04-01"))
        told = facts(
            event("2023-07-10"),
            deadlines=rows,
            notices=(Notice("2023-Q1", NoticeKind.void, at("2023-04-05")),),
        )
        assert verdicts(told, "2023-07-11")["2023-Q2"].status == "on_time"

    def test_moved(self):
        first, last = (
            Notice("2023-Q1", NoticeKind.moved, at("2023-04-05"), at("2023-04-20")),
            Notice("2023-Q1", NoticeKind.moved, at("2023-04-25"), at("2023-04-30")),
        )
        told = facts(event("2023-04-29"), notices=(last, first))
        row = verdict(told, "2023-04-29 12:00")
        assert (row.status, row.deadline.due_at) == ("on_time", at("2023-04-30"))
        assert verdict(told, "2023-04-21").status == "in_grace"
        assert row.deadline.grace_until == at("2023-04-30") + days(18)

    def test_a_moved_date_of_a_once_only_term_moves_its_period(self):
        from ckanext.roadmap.domain.term import Term

        rows = ledger(Term.parse("once", "by 2023-05-01"))
        told = facts(
            deadlines=rows, notices=(Notice("once", NoticeKind.moved, at("2023-04-05"), at("2023-06-01")),)
        )
        assert verdict(told, "2023-05-20", "once").status == "awaiting"


class TestForce:
    def test_counts_only_if_in_force_at_its_end(self):
        force = Force(at("2023-02-01"), at("2023-01-20"), until=at("2023-07-01"))
        rows = verdicts(facts(forces=(force,)), "2023-12-31")
        assert [rows[code].reason for code in ("2023-Q1", "2023-Q2", "2023-Q3")] == [
            "no_event",
            "no_event",
            "not_in_force",
        ]
        assert rows["2023-Q3"].status == "exempt"

    def test_the_day_before_force_is_history(self):
        force = Force(at("2023-04-01"), at("2023-03-20"))
        rows = verdicts(facts(forces=(force,)), "2023-12-31")
        assert rows["2023-Q1"].reason == "not_in_force"

    def test_the_end_is_known_from_its_recording(self):
        force = Force(at("2023-01-01"), at("2023-01-01"), at("2023-03-01"), at("2023-05-10"))
        told = facts(forces=(force,))
        assert verdict(told, "2023-05-09").status == "overdue"
        assert verdict(told, "2023-05-10").reason == "not_in_force"


def test_rule_versions():
    assert rule() is rules[RULE_VERSION] is assess
    assert [rule(version) for version in "12345"] == [assess_1, assess_2, assess_3, assess_5, assess_5]
    with pytest.raises(RuleVersionError, match='no version "0"'):
        rule("0")
