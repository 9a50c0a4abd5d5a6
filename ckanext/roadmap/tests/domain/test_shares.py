"""Shares: each figure adds up from the very rows it counts."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ckanext.roadmap.domain.calendar import Period
from ckanext.roadmap.domain.notice import Exemption, Fault, Objection
from ckanext.roadmap.domain.shares import (
    Light,
    Share,
    Standing,
    Tally,
    begun,
    current,
    kept,
    kept_on_time,
    light,
    published,
    summary,
)
from ckanext.roadmap.domain.status import Status, assess

from .builders import TASHKENT, at, event, facts
from .test_status_laws import INSTANTS, acts, told

Q2 = Period.parse("2023-Q2")


def rows(as_of, *events, **more):
    return assess(facts(*events, **more), at(as_of))


def share_kept(as_of, *events, **more):
    return kept(rows(as_of, *events, **more), Q2, TASHKENT, at(as_of)).share


class TestKept:
    @pytest.mark.parametrize(
        ("when", "expected", "strict"),
        [
            ("2023-04-15", Share(1, 1), Share(1, 1)),
            ("2023-04-16", Share(1, 1), Share(0, 1)),
            ("2023-05-04", Share(0, 1), Share(0, 1)),
        ],
    )
    def test_by_the_end_of_grace_and_strictly(self, when, expected, strict):
        found = rows("2023-06-30", event(when))
        assert kept(found, Q2, TASHKENT, at("2023-06-30")).share == expected
        assert kept_on_time(found, Q2, TASHKENT, at("2023-06-30")).share == strict

    def test_counts_the_quarter_in_which_grace_ends(self):
        found = rows("2023-12-31")
        codes = {
            quarter: [
                row.deadline.id for row in kept(found, Period.parse(quarter), TASHKENT, at("2023-12-31")).of
            ]
            for quarter in ("2023-Q1", "2023-Q2", "2023-Q3", "2023-Q4")
        }
        assert codes == {
            "2023-Q1": [],
            "2023-Q2": ["2023-Q1"],
            "2023-Q3": ["2023-Q2"],
            "2023-Q4": ["2023-Q3"],
        }

    def test_of_the_running_quarter_only_what_is_over(self):
        assert share_kept("2023-05-03 23:59:59.999999") == Share(0, 0)
        assert share_kept("2023-05-04") == Share(0, 1)
        assert share_kept("2023-05-03", event("2023-04-10")) == Share(0, 0)

    def test_exempt_leaves_both(self):
        exemption = Exemption(at("2023-04-20"), deadline_id="2023-Q1")
        assert share_kept("2023-06-30", exemptions=(exemption,)) == Share(0, 0)
        assert share_kept("2023-06-30", event("2023-04-10"), exemptions=(exemption,)) == Share(0, 0)

    def test_contested_and_unknown_stay_and_are_told_beside(self):
        objection = Objection("2023-Q1", at("2023-05-10"))
        fault = Fault(at("2023-05-01"), at("2023-05-10"), at("2023-05-01"))
        as_of = at("2023-06-30")
        for more, figure in (({"objections": (objection,)}, "contested"), ({"faults": (fault,)}, "unknown")):
            found = summary([], rows("2023-06-30", **more), Q2, TASHKENT, as_of)
            assert (found.kept, getattr(found, figure)) == (Share(0, 1), 1)


class TestCurrent:
    @pytest.mark.parametrize(
        ("as_of", "events", "expected"),
        [
            ("2023-05-03", (), Share(0, 0)),
            ("2023-05-04", (), Share(0, 1)),
            ("2023-04-11", ("2023-04-10",), Share(1, 1)),
            ("2023-05-11", ("2023-05-10",), Share(1, 1)),
            ("2023-08-03", ("2023-04-10",), Share(1, 1)),
            ("2023-08-04", ("2023-04-10",), Share(0, 1)),
            ("2023-07-06", ("2023-07-05",), Share(1, 1)),
        ],
    )
    def test_the_newest_closed_deadline(self, as_of, events, expected):
        found = rows(as_of, *map(event, events))
        assert current(found, at(as_of)).share == expected

    def test_an_exempt_one_is_passed_over(self):
        exemption = Exemption(at("2023-07-01"), deadline_id="2023-Q2")
        found = rows("2023-08-04", event("2023-04-10"), exemptions=(exemption,))
        assert [row.deadline.id for row in current(found, at("2023-08-04")).of] == ["2023-Q1"]


def test_published():
    standings = [Standing("a", True), Standing("b", False), Standing("c", True, is_exempt=True)]
    assert published(standings) == Tally(tuple(standings[:2]), (standings[0],))


@pytest.mark.parametrize(
    ("met", "of", "expected"),
    [
        (71, 100, "green"),
        (7099, 10000, "yellow"),
        (55, 100, "yellow"),
        (5499, 10000, "red"),
        (0, 1, "red"),
        (0, 0, "none"),
    ],
)
def test_light(met, of, expected):
    assert light(Share(met, of)) == expected
    assert light(Share(9, 10), green=95, yellow=90) == Light.yellow


def test_percent_and_sum():
    assert Share(3, 10).percent == 30.0
    assert Share(0, 0).percent is None
    told = [Share(met, of).told for met, of in ((1999, 2000), (2, 2), (2, 3), (0, 5), (0, 0))]
    assert told == [99.9, 100.0, 66.7, 0.0, None], "100 only where all are met"
    assert Share(1, 2) + Share(2, 3) == Share(3, 5)


@given(st.data(), st.lists(told(), max_size=4), INSTANTS)
def test_figures_add_up(data, many, as_of):
    found = [
        replace(row, deadline=replace(row.deadline, obligation_id=str(number)))
        for number, one in enumerate(many)
        for row in assess(replace(one, **data.draw(acts(one.deadlines))), as_of)
    ]
    figures = summary([Standing("a", True)], found, Q2, TASHKENT, as_of)
    tally, strict = (count(found, Q2, TASHKENT, as_of) for count in (kept, kept_on_time))
    newest = current(found, as_of)
    assert tally.of == strict.of
    assert set(map(id, strict.met)) <= set(map(id, tally.met)) <= set(map(id, tally.of))
    assert set(map(id, newest.met)) <= set(map(id, newest.of))
    assert all(row.counts for row in (*tally.of, *newest.of))
    assert not any(row.computed is Status.unknown for row in (*tally.met, *newest.met))
    assert len({row.deadline.obligation_id for row in newest.of}) == len(newest.of)
    assert (figures.kept, figures.kept_on_time, figures.current) == (tally.share, strict.share, newest.share)
    assert sum(figures.statuses.values()) == len(begun(found, as_of))
    assert figures.contested + figures.unknown <= figures.kept.of


@given(told(), st.integers(0, 3))
def test_quarters_share_out_the_deadlines(one, years):
    as_of = at("2030-01-01")
    found = assess(one, as_of)
    quarters, quarter = [], Period.parse("2022-Q1")
    while quarter.last.year < 2026:
        quarters.append(quarter)
        quarter = quarter.next()
    counted = [row.deadline.id for quarter in quarters for row in kept(found, quarter, TASHKENT, as_of).of]
    assert sorted(counted) == sorted(row.deadline.id for row in found if row.counts)
    assert timedelta(0) <= max(row.deadline.grace for row in found) <= timedelta(days=45)
