"""`as_of` sees what was recorded by then, and nothing else."""

from __future__ import annotations

from dataclasses import replace

from ckanext.roadmap.domain.event import EventKind
from ckanext.roadmap.domain.facts import is_published, published_by
from ckanext.roadmap.domain.notice import Fault

from .builders import at, event, facts, ledger, read, site, verdict, verdicts


def test_an_event_counts_from_its_time_and_is_seen_from_its_recording():
    told = facts(event("2023-04-10", recorded_at=at("2023-05-06")))
    assert verdict(told, "2023-05-05").status == "overdue"
    row = verdict(told, "2023-05-06")
    assert (row.status, row.met_at) == ("on_time", at("2023-04-10"))


def test_an_event_from_before_the_link_is_seen_after_its_confirmation():
    told = facts(event("2023-04-10"), published_from=at("2023-05-08"))
    assert verdict(told, "2023-05-07").status == "not_published"
    assert verdict(told, "2023-05-08").status == "on_time"


def test_an_event_has_its_own_link():
    told = facts(event("2023-04-10", linked_at=at("2023-05-08")))
    assert verdict(told, "2023-05-07").status == "overdue"
    assert verdict(told, "2023-05-08").status == "on_time"


def test_an_event_of_a_mistaken_link_is_gone_with_it():
    told = facts(event("2023-04-10", unlinked_at=at("2023-05-08")))
    assert verdict(told, "2023-05-07").status == "on_time"
    assert verdict(told, "2023-05-08").status == "overdue"


def test_a_deadline_is_known_from_its_recording():
    rows = tuple(replace(row, recorded_at=at("2023-02-01")) for row in ledger())
    assert verdicts(facts(deadlines=rows), "2023-01-31") == {}
    assert len(verdicts(facts(deadlines=rows), "2023-02-01")) == 4


def test_a_fault_is_known_from_its_recording():
    fault = Fault(at("2023-04-05"), None, at("2023-04-08"))
    assert verdict(facts(faults=(fault,)), "2023-04-07").status == "due"
    assert verdict(facts(faults=(fault,)), "2023-04-08").status == "unknown"


class TestPublished:
    def test_from_the_confirmation_on(self):
        told = facts(event("2023-01-10"), published_from=at("2023-03-01"))
        assert not is_published(told, at("2023-02-28"))
        assert is_published(told, at("2023-03-01"))
        assert not is_published(facts(published_from=None), at("2023-03-01"))

    def test_until_the_last_link_is_revoked(self):
        told = facts(event("2023-01-10"), published_until=at("2023-03-01"))
        assert is_published(told, at("2023-02-28"))
        assert not is_published(told, at("2023-03-01"))

    def test_a_link_alone_is_no_data(self):
        told = facts(event("2023-02-10", EventKind.failed), event("2023-03-10"))
        for version, expected in (("4", [True, True, True]), ("5", [False, False, True])):
            seen = [published_by(version)(told, at(f"2023-0{month}-20")) for month in (1, 2, 3)]
            assert seen == expected, version
        gone = facts(event("2023-02-10", EventKind.withdrawn))
        assert [published_by(version)(gone, at("2023-02-20")) for version in "45"] == [False, False]

    def test_withdrawn_and_back(self):
        told = facts(
            event("2023-01-10"),
            event("2023-02-10", EventKind.withdrawn),
            event("2023-03-10"),
            read("2023-03-11"),
        )
        assert [is_published(told, at(f"2023-0{month}-20")) for month in (1, 2, 3)] == [True, False, True]

    def test_the_order_of_events_is_of_no_account(self):
        told = facts(event("2023-02-10", EventKind.withdrawn), event("2023-01-10"))
        assert not is_published(told, at("2023-02-20"))

    def test_a_withdrawal_is_known_from_its_recording(self):
        told = facts(
            event("2023-01-10"), event("2023-02-10", EventKind.withdrawn, recorded_at=at("2023-02-15"))
        )
        assert [is_published(told, at(f"2023-02-{day}")) for day in (14, 15)] == [True, False]

    def test_a_failed_run_brings_nothing_back(self):
        told = facts(event("2023-02-10", EventKind.withdrawn), event("2023-02-11", EventKind.failed))
        assert not is_published(told, at("2023-02-20"))

    def test_live_in_another_place(self):
        told = facts(event("2023-02-10", EventKind.withdrawn), site("2023-02-11"))
        assert is_published(told, at("2023-02-20"))
