"""Figures of a quarter: each obligation's add up to the whole, and each has its rows."""

from __future__ import annotations

from dataclasses import replace
from statistics import median

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ckanext.roadmap.domain.calendar import Period
from ckanext.roadmap.domain.figures import Drill, Figures, figures, moment, quarters, rows_behind
from ckanext.roadmap.domain.lateness import Lateness, lateness
from ckanext.roadmap.domain.notice import Exemption, Fault, Force
from ckanext.roadmap.domain.shares import Share, begun, summary
from ckanext.roadmap.domain.status import assess

from .builders import TASHKENT, at, event, facts
from .test_status_laws import INSTANTS, acts, told

Q2, Q3 = Period.parse("2023-Q2"), Period.parse("2023-Q3")
FORCE = (Force(at("2023-01-01"), at("2023-01-01")),)


def seen(as_of, *events, quarter=Q2, **more) -> Figures:
    known = facts(*events, forces=FORCE, **more)
    rows = begun(assess(known, at(as_of)), at(as_of))
    return figures(known, rows, quarter, TASHKENT, at(as_of))


class TestQuarter:
    def test_a_past_quarter_is_looked_at_as_it_ended(self):
        assert moment(Q2, TASHKENT, at("2023-08-01")) < at("2023-07-01")
        assert moment(Q3, TASHKENT, at("2023-08-01")) == at("2023-08-01")

    def test_quarters_run_up_to_the_last(self):
        assert [one.code for one in quarters(Q2, 3)] == ["2022-Q4", "2023-Q1", "2023-Q2"]

    def test_what_came_later_does_not_count_then(self):
        late = event("2023-07-20")
        assert seen("2023-09-30", late).current == Share(0, 1)
        assert seen("2023-09-30", late, quarter=Q3).current == Share(1, 1)

    def test_published_then(self):
        told = {"published_from": at("2023-06-05")}
        assert seen("2023-09-30", event("2023-07-05"), **told).published == Share(0, 1)
        assert seen("2023-09-30", event("2023-07-05"), **told, quarter=Q3).published == Share(1, 1)
        assert seen("2023-09-30", **told, quarter=Q3).published == Share(0, 1), "a link alone is no data"

    def test_before_the_obligation_there_is_nothing(self):
        assert seen("2023-09-30", quarter=Period.parse("2022-Q3")) == Figures()


class TestAutomatic:
    @pytest.mark.parametrize(
        ("events", "expected"),
        [
            ((event("2023-04-10", run_id="r"),), Share(1, 1)),
            ((event("2023-04-10"),), Share(0, 1)),
            ((event("2023-06-10", run_id="r"),), Share(1, 1)),
            ((), Share(0, 0)),
        ],
    )
    def test_met_by_a_run_of_all_that_were_met(self, events, expected):
        assert seen("2023-06-30", *events).automatic == expected


class TestLate:
    def test_met_late_and_not_met(self):
        assert seen("2023-06-30", event("2023-04-18")).late == Lateness(met={3: 1})
        waiting = seen("2023-06-30").late
        assert (waiting.count, waiting.worst(at("2023-06-30")), waiting.worst(at("2023-07-02"))) == (
            1,
            76,
            78,
        )
        assert seen("2023-06-30", event("2023-04-10")).late == Lateness()

    def test_unknown_is_not_late(self):
        fault = Fault(at("2023-05-01"), at("2023-05-10"), at("2023-05-01"))
        assert seen("2023-06-30", faults=(fault,)).late.count == 0

    def test_exempt_is_not_late(self):
        freed = Exemption(at("2023-04-20"), deadline_id="2023-Q1")
        assert seen("2023-06-30", exemptions=(freed,)).late.count == 0

    @given(st.lists(st.dictionaries(st.integers(1, 60), st.integers(1, 4), max_size=4), max_size=4))
    def test_the_median_of_a_sum_is_that_of_all_days(self, parts):
        whole = sum(map(Lateness, parts), Lateness())
        days = [day for part in parts for day, count in part.items() for _ in range(count)]
        assert whole.count == len(days)
        assert whole.median(at("2023-06-30")) == (median(days) if days else None)
        assert whole.worst(at("2023-06-30")) == max(days, default=None)


@given(st.data(), st.lists(told(), max_size=4), INSTANTS, st.sampled_from([Q2, Q3]))
def test_obligations_add_up_and_every_figure_has_its_rows(data, many, as_of, quarter):
    parts, rows, behind = [], [], dict.fromkeys(Drill, 0)
    for number, one in enumerate(many):
        known = replace(one, **{**data.draw(acts(one.deadlines)), "forces": FORCE})
        found = tuple(
            replace(row, deadline=replace(row.deadline, obligation_id=str(number)))
            for row in begun(assess(known, as_of), as_of)
        )
        parts.append(figures(known, found, quarter, TASHKENT, as_of))
        rows += found
        for drill in Drill:
            behind[drill] += len(rows_behind(drill, known, found, quarter, TASHKENT, as_of))
    whole = sum(parts, Figures())
    told_at_once = summary([], rows, quarter, TASHKENT, as_of)
    assert (whole.kept, whole.kept_on_time) == (told_at_once.kept, told_at_once.kept_on_time)
    assert (whole.contested, whole.unknown) == (told_at_once.contested, told_at_once.unknown)
    if moment(quarter, TASHKENT, as_of) == as_of and as_of > at("2023-01-01"):
        assert whole.current == told_at_once.current
    for drill in ("current", "kept", "kept_on_time", "automatic"):
        assert getattr(whole, drill).of == behind[Drill(drill)]
    assert (whole.late.count, whole.attested) == (behind[Drill.late], behind[Drill.attested])
    assert whole.published.of <= whole.obligations <= len(many)
    assert sum(reversed(parts), Figures()) == whole


def test_lateness_of_no_rows():
    assert lateness([]) == Lateness()


COUNTS = st.integers(0, 9)
SHARES = st.builds(Share, COUNTS, COUNTS)
HISTOGRAMS = st.builds(
    Lateness,
    st.dictionaries(st.integers(1, 5), st.integers(1, 3)),
    st.dictionaries(st.sampled_from((at("2023-04-15"), at("2023-05-10"))), st.integers(1, 3)),
)
ANY = st.builds(Figures, COUNTS, *[SHARES] * 5, COUNTS, COUNTS, COUNTS, HISTOGRAMS)


@given(ANY, ANY)
def test_what_was_put_on_can_be_taken_off(one: Figures, other: Figures):
    assert (one + other) - other == one
    assert ((one + other) - other).late.worst(at("2023-06-01")) == one.late.worst(at("2023-06-01"))


@given(st.lists(ANY, max_size=4))
def test_all_at_once_come_to_what_one_after_the_other_does(many: list[Figures]):
    assert Figures.total(many) == sum(many, Figures())
