"""What qualifies: each clause of DESIGN section 5 against Q1 of 2023 (due 15 April, window until 1 July)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ckanext.roadmap.domain.event import EventKind, Grade, Place
from ckanext.roadmap.domain.facts import is_published
from ckanext.roadmap.domain.status import rule
from ckanext.roadmap.domain.term import Term

from .builders import (
    CONTINUOUS,
    STANDS_STILL,
    at,
    attested,
    change,
    event,
    facts,
    ledger,
    read,
    requires,
    site,
    verdict,
    verdicts,
)

AS_OF = "2023-05-10"
COLUMNS = requires(columns=frozenset({"code", "name"}))
REGIONS = requires(territorial=True, region_column="soato", regions=frozenset({"1703", "1706"}))
BOTH = requires(places=frozenset({Place.portal, Place.site}))


class TestChanged:
    def test_new_content(self):
        assert verdict(facts(event("2023-04-10")), AS_OF).status == "on_time"

    def test_the_same_bytes_again(self):
        told = facts(event("2023-03-10", content_hash="a"), event("2023-04-10", content_hash="a"))
        row = verdict(told, AS_OF)
        assert (row.status, row.reason, row.nearest.at) == ("overdue", "same_content", at("2023-04-10"))

    def test_a_flip_flop(self):
        told = facts(
            event("2023-01-10", content_hash="a"),
            event("2023-02-10", content_hash="b"),
            event("2023-04-10", content_hash="a"),
        )
        assert verdict(told, AS_OF).reason == "same_content"

    def test_content_shown_by_an_unchanged_run_is_old(self):
        told = facts(read("2023-03-10", content_hash="a"), event("2023-04-10", content_hash="a"))
        assert verdict(told, AS_OF).reason == "same_content"

    def test_the_same_bytes_are_no_refresh_even_where_a_standstill_is_allowed(self):
        told = facts(event("2023-03-10", content_hash="a"), event("2023-04-10", content_hash="a"))
        assert verdict(replace(told, requirements=STANDS_STILL), AS_OF).reason == "same_content"

    @pytest.mark.parametrize(
        "values",
        [
            {"grade": Grade.declared},
            {"grade": Grade.unknown},
            {"grade": Grade.attested},
            {"content_hash": None},
        ],
    )
    def test_without_a_measurement(self, values):
        row = verdict(facts(event("2023-04-10", **values)), AS_OF)
        assert (row.status, row.reason) == ("overdue", "not_measured")

    def test_before_the_period_ended(self):
        row = verdict(facts(event("2023-03-31 23:59:59")), AS_OF)
        assert (row.status, row.reason) == ("overdue", "too_early")
        assert verdict(facts(event("2023-04-01")), AS_OF).status == "overdue"


class TestUnchanged:
    def test_a_live_reading_after_the_end(self):
        told = facts(read("2023-04-10"), requirements=STANDS_STILL)
        assert verdict(told, AS_OF).status == "on_time"

    def test_where_not_allowed(self):
        assert verdict(facts(read("2023-04-10")), AS_OF).reason == "unchanged_not_allowed"

    @pytest.mark.parametrize("live", [None, at("2023-03-31 23:00"), at("2023-04-01")])
    def test_without_a_live_reading_after_the_end(self, live):
        told = facts(read("2023-04-01 00:10", live_read_at=live), requirements=STANDS_STILL)
        assert verdict(told, AS_OF).reason == "source_not_read"

    def test_without_a_measurement(self):
        told = facts(read("2023-04-10", grade=Grade.declared), requirements=STANDS_STILL)
        assert verdict(told, AS_OF).reason == "not_measured"


class TestAttested:
    def test_within_the_limit(self):
        told = facts(attested("2023-04-10"), attested("2023-07-10"), attested("2023-10-10"))
        rows = verdicts(replace(told, requirements=requires(attestation_limit=2)), "2023-11-20")
        assert [rows[f"2023-Q{n}"].status for n in (1, 2, 3)] == ["on_time", "on_time", "overdue"]
        assert rows["2023-Q3"].reason == "attestation_limit"

    def test_data_break_the_row(self):
        told = facts(attested("2023-04-10"), event("2023-07-10"), attested("2023-10-10"))
        rows = verdicts(told, "2023-11-30")
        assert [rows[f"2023-Q{n}"].status for n in (1, 2, 3)] == ["on_time"] * 3

    def test_a_miss_does_not_break_the_row(self):
        told = facts(attested("2023-04-10"), attested("2023-10-10"))
        assert verdicts(told, "2023-11-30")["2023-Q3"].reason == "attestation_limit"

    def test_a_limit_of_none_at_all(self):
        told = facts(attested("2023-04-10"), requirements=requires(attestation_limit=0))
        assert verdict(told, AS_OF).reason == "attestation_limit"

    def test_only_when_signed(self):
        assert verdict(facts(attested("2023-04-10", grade=Grade.declared)), AS_OF).reason == "not_measured"

    def test_not_of_withdrawn_data(self):
        told = facts(event("2023-04-05", EventKind.withdrawn), attested("2023-04-10"))
        assert verdict(told, AS_OF).reason == "withdrawn"

    def test_must_hold_the_required_columns_too(self):
        assert verdict(facts(attested("2023-04-10"), requirements=COLUMNS), AS_OF).reason == "columns_missing"
        told = facts(attested("2023-04-10", columns=COLUMNS.columns), requirements=COLUMNS)
        assert verdict(told, AS_OF).status == "on_time"

    def test_monthly_confirmations_of_a_continuous_term_know_no_limit(self):
        rows = ledger(CONTINUOUS)
        told = facts(*(attested(f"2023-{month:02}-02") for month in range(2, 13)), deadlines=rows)
        found = verdicts(told, "2023-12-31")
        assert {found[f"2023-{month:02}"].status for month in range(1, 12)} == {"on_time"}

    def test_changes_know_no_limit(self):
        rows = (change("2023-03-01 10:00"), change("2023-03-10 10:00"), change("2023-03-20 10:00"))
        told = facts(*(attested(f"2023-03-{day} 12:00") for day in ("01", "10", "20")), deadlines=rows)
        assert {row.status for row in verdicts(told, AS_OF).values()} == {"on_time"}


@pytest.mark.parametrize(
    ("kind", "reason"), [(EventKind.failed, "source_failed"), (EventKind.withdrawn, "withdrawn")]
)
def test_failed_and_withdrawn_never_qualify(kind, reason):
    told = facts(event("2023-04-10", kind), requirements=STANDS_STILL)
    row = verdict(told, AS_OF)
    assert (row.status, row.reason) == ("overdue", reason)


def test_withdrawn_does_not_undo_a_met_deadline():
    told = facts(event("2023-04-10"), event("2023-04-12", EventKind.withdrawn))
    assert verdict(told, AS_OF).status == "on_time"


class TestColumns:
    @pytest.mark.parametrize(
        ("columns", "missing"),
        [(None, ("code", "name")), (frozenset(), ("code", "name")), (frozenset({"code", "x"}), ("name",))],
    )
    def test_missing(self, columns, missing):
        row = verdict(facts(event("2023-04-10", columns=columns), requirements=COLUMNS), AS_OF)
        assert (row.status, row.reason, row.missing) == ("overdue", "columns_missing", missing)

    def test_there(self):
        told = facts(event("2023-04-10", columns=frozenset({"code", "name", "x"})), requirements=COLUMNS)
        assert verdict(told, AS_OF).status == "on_time"

    def test_the_revision_of_the_deadline_decides(self):
        first, *rest = ledger()
        rows = (replace(first, revision_id="new"), *rest)
        told = facts(event("2023-04-10"), event("2023-07-10"), deadlines=rows, revisions={"new": COLUMNS})
        found = verdicts(told, "2023-07-11")
        assert (found["2023-Q1"].reason, found["2023-Q2"].status) == ("columns_missing", "on_time")


class TestRegions:
    @pytest.mark.parametrize(
        ("regions", "missing"), [(None, ("1703", "1706")), (frozenset({"1703"}), ("1706",))]
    )
    def test_missing(self, regions, missing):
        row = verdict(facts(event("2023-04-10", regions=regions), requirements=REGIONS), AS_OF)
        assert (row.status, row.reason, row.missing) == ("overdue", "regions_missing", missing)

    def test_all_there(self):
        told = facts(event("2023-04-10", regions=frozenset({"1703", "1706", "1708"})), requirements=REGIONS)
        assert verdict(told, AS_OF).status == "on_time"

    def test_the_regions_of_two_events_do_not_add_up(self):
        events = (event(f"2023-04-1{n}", regions=frozenset({code})) for n, code in ((1, "1703"), (2, "1706")))
        assert verdict(facts(*events, requirements=REGIONS), AS_OF).reason == "regions_missing"


class TestPlaces:
    def test_met_when_the_last_place_is(self):
        told = facts(event("2023-04-10"), site("2023-04-20"), requirements=BOTH)
        assert verdict(told, "2023-04-12").status == "due"
        row = verdict(told, AS_OF)
        assert (row.status, row.met_at, row.days_late) == ("late_met", at("2023-04-20"), 5)

    def test_the_same_content_in_both_places_is_new_in_both(self):
        told = facts(
            event("2023-04-10", content_hash="a"), site("2023-04-11", content_hash="a"), requirements=BOTH
        )
        assert verdict(told, AS_OF).status == "on_time"

    def test_site_unmeasured(self):
        row = verdict(facts(event("2023-04-10"), requirements=BOTH), AS_OF)
        assert (row.status, row.reason, row.missing) == ("overdue", "site_unmeasured", ("site",))
        assert row.nearest == event("2023-04-10")

    def test_portal_missing(self):
        row = verdict(facts(site("2023-04-10"), requirements=BOTH), AS_OF)
        assert (row.reason, row.missing) == ("portal_missing", ("portal",))

    def test_a_declared_site_is_not_measured(self):
        told = facts(event("2023-04-10"), site("2023-04-11", grade=Grade.declared), requirements=BOTH)
        assert verdict(told, AS_OF).reason == "not_measured"

    def test_a_place_not_asked_for_does_not_help(self):
        assert verdict(facts(site("2023-04-10")), AS_OF).reason == "no_event"


class TestOnce:
    rows = ledger(Term.parse("once", "by 2023-05-01"), since="2023-02-01")

    def told(self, *events, **more):
        return facts(*events, deadlines=self.rows, **more)

    def test_content_already_live(self):
        row = verdict(self.told(event("2020-01-01")), "2023-02-01", "once")
        assert (row.status, row.met_at) == ("on_time", at("2020-01-01"))

    def test_content_withdrawn_before_it_began(self):
        told = self.told(event("2020-01-01"), event("2022-01-01", EventKind.withdrawn))
        assert verdict(told, "2023-05-10", "once").status == "in_grace"

    def test_the_same_content_put_back(self):
        told = self.told(
            event("2020-01-01", content_hash="a"),
            event("2022-01-01", EventKind.withdrawn),
            event("2023-03-01", content_hash="a"),
        )
        assert verdict(told, "2023-06-01", "once").met_at == at("2023-03-01")

    def test_withdrawn_after_it_was_met(self):
        told = self.told(event("2020-01-01"), event("2023-03-01", EventKind.withdrawn))
        assert verdict(told, "2023-06-01", "once").status == "on_time"

    def test_a_declared_past_does_not_count(self):
        told = self.told(event("2020-01-01", grade=Grade.declared))
        assert verdict(told, "2023-04-01", "once").status == "awaiting"

    def test_without_anything(self):
        statuses = [
            verdict(self.told(), day, "once").status for day in ("2023-05-01", "2023-05-02", "2023-05-20")
        ]
        assert statuses == ["awaiting", "in_grace", "overdue"]


def test_one_dataset_that_is_taken_away_takes_nothing_of_another_away():
    gone = event("2023-04-05", EventKind.withdrawn, dataset_id="b")
    both = (event("2023-02-01", dataset_id="a"), event("2023-02-02", dataset_id="b"), gone)
    told = facts(*both, attested("2023-04-10"))
    assert verdict(told, "2023-05-20").status == "on_time"
    for version in "123":
        row, *_ = rule(version)(told, at("2023-05-20"))
        assert row.reason == "withdrawn", "these versions stay as they were"
    assert is_published(facts(*both), at("2023-05-20"))
    last = event("2023-04-06", EventKind.withdrawn, dataset_id="a")
    assert verdict(facts(*both, last, attested("2023-04-10")), "2023-05-20").reason == "withdrawn"
    assert not is_published(facts(*both, last), at("2023-05-20"))
