"""Deadlines as they are planned and read back."""

from __future__ import annotations

from datetime import date

import pytest

from ckanext.roadmap.domain.calendar import GracePolicy, Period, WorkingDays
from ckanext.roadmap.domain.deadline import Deadline, DeadlineKind, plan
from ckanext.roadmap.domain.term import Frequency, Term

from .builders import CONTINUOUS, QUARTERLY, TASHKENT, at, change, days, ledger

ONCE = Term.parse("once", "by 2023-05-01")


def codes(term, since, until, start=None, **more):
    planned = plan(
        term,
        date.fromisoformat(since),
        date.fromisoformat(start) if start else None,
        date.fromisoformat(until),
        WorkingDays(),
        TASHKENT,
        **more,
    )
    return [row.period.code for row in planned]


@pytest.mark.parametrize(
    ("since", "start", "until", "expected"),
    [
        ("2023-03-31", None, "2023-06-30", ["2023-Q1", "2023-Q2"]),
        ("2023-04-01", None, "2023-06-30", ["2023-Q2"]),
        ("2022-01-01", "2023-01-01", "2023-03-31", ["2023-Q1"]),
        ("2023-01-01", "2022-01-01", "2023-03-31", ["2023-Q1"]),
        ("2023-01-01", None, "2023-04-01", ["2023-Q1", "2023-Q2"]),
        ("2023-04-01", None, "2023-03-31", []),
    ],
)
def test_the_first_and_the_last_period(since, start, until, expected):
    assert codes(QUARTERLY, since, until, start) == expected


@pytest.mark.parametrize(
    ("end", "expected"),
    [("2023-07-01", ["2023-Q1", "2023-Q2"]), ("2023-06-30", ["2023-Q1"]), ("2023-03-31", [])],
)
def test_nothing_after_the_obligation_ended(end, expected):
    assert codes(QUARTERLY, "2023-01-01", "2023-12-31", in_force_to=date.fromisoformat(end)) == expected


@pytest.mark.parametrize(
    ("since", "start", "until", "expected"),
    [
        ("2023-02-01", None, "2023-02-01", ["once"]),
        ("2023-02-01", None, "2023-01-31", []),
        ("2023-05-01", None, "2023-12-31", ["once"]),
        ("2023-05-02", None, "2023-12-31", []),
        ("2023-02-01", "2023-05-02", "2023-12-31", []),
    ],
)
def test_once(since, start, until, expected):
    assert codes(ONCE, since, until, start) == expected


def test_once_runs_from_the_obligation_to_its_date():
    (row,) = ledger(ONCE, since="2023-02-01")
    assert (row.start_at, row.end_at, row.due_at) == (
        at("2023-02-01"),
        row.due_at,
        at("2023-05-01 23:59:59.999999"),
    )
    assert row.grace == days(18)


def test_a_continuous_term_is_confirmed_by_months():
    assert codes(CONTINUOUS, "2023-01-15", "2023-03-01") == ["2023-01", "2023-02", "2023-03"]


def test_the_dates_of_a_quarter():
    row = ledger()[0]
    assert row.kind is DeadlineKind.period
    assert (row.start_at, row.end_at) == (at("2023-01-01"), at("2023-04-01"))
    assert row.grace_until == row.due_at + days(18)
    assert row.delinquent_after == row.due_at + days(36)
    assert row.next_end() == at("2023-07-01")
    assert row.window(row.next_end()) == (at("2023-04-01"), at("2023-07-01"))
    assert row.window(at("2023-04-02")) == (at("2023-04-01"), row.delinquent_after)


def test_the_policy_of_the_list_version():
    planned = plan(
        QUARTERLY, date(2023, 1, 1), None, date(2023, 1, 1), WorkingDays(), TASHKENT, GracePolicy(0.5, 1, 30)
    )
    assert next(planned).grace == days(30)


@pytest.mark.parametrize(
    "row", [*ledger()[:1], *ledger(ONCE, since="2023-02-01"), change("2023-03-09 10:00")]
)
def test_read_back_from_its_record(row):
    changed_at = row.end_at if row.kind is DeadlineKind.change else None
    found = Deadline.from_record(
        id=row.id,
        obligation_id="o",
        kind=row.kind,
        frequency=row.frequency,
        period=Period(row.period.start, row.period.last),
        due_at=row.due_at,
        grace=row.grace,
        tz=TASHKENT,
        changed_at=changed_at,
    )
    assert found == row
    assert found.is_once == (row.frequency is Frequency.once)
