"""Laws of the way of a system, of the shares, and of the ranking of what to connect next."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ckanext.roadmap.domain.errors import RoadmapError
from ckanext.roadmap.domain.shares import Share
from ckanext.roadmap.domain.system import (
    DEADLINES_A_YEAR,
    NEXT,
    Candidate,
    Manual,
    Stage,
    Step,
    dividends,
    require_step,
    share_of_obligations,
    share_of_systems,
    stage_at,
)
from ckanext.roadmap.domain.term import Frequency

NOW = datetime(2023, 7, 1, tzinfo=UTC)


@pytest.mark.parametrize("stage", Stage)
@pytest.mark.parametrize("to", Stage)
def test_a_step_leads_on_or_is_refused(stage: Stage, to: Stage):
    if to in NEXT[stage]:
        require_step("IS-0001", stage, to)
        return
    with pytest.raises(RoadmapError, match=f"is {stage}; from there") as error:
        require_step("IS-0001", stage, to)
    assert error.value.params["accepted"] == ", ".join(NEXT[stage])


def test_every_stage_is_reached_from_the_first():
    reached = {Stage.declared}
    for _ in Stage:
        reached |= {to for stage in reached for to in NEXT[stage]}
    assert reached == set(Stage)


def test_the_stage_at_an_instant_is_the_last_recorded_that_counts():
    steps = [Step(Stage.declared, NOW), Step(Stage.guide_issued, NOW + timedelta(days=5))]
    assert stage_at(steps, NOW - timedelta(seconds=1)) is None
    assert stage_at(steps, NOW) is Stage.declared
    assert stage_at(steps, NOW + timedelta(days=5)) is Stage.guide_issued


def test_retired_and_undeclared_systems_count_nowhere():
    assert share_of_systems([Stage.live, Stage.test, Stage.retired, None]) == Share(1, 2)
    assert share_of_systems([]) == Share(0, 0)


def test_only_obligations_in_force_count():
    assert share_of_obligations({"a", "gone"}, {"a", "b"}) == Share(1, 2)


def manual(id: str, item: str, body: str = "b", frequency: Frequency = Frequency.quarterly) -> Manual:
    return Manual(id, body, item, frequency)


def test_each_system_is_counted_after_those_before_it():
    candidates = [
        Candidate("IS-0001", frozenset({"b"}), frozenset({"E-01", "E-02"})),
        Candidate("IS-0002", frozenset({"b"}), frozenset({"E-01", "E-02", "E-03"})),
        Candidate("IS-0003", frozenset({"other"}), frozenset({"E-01"})),
    ]
    ranked = dividends(candidates, [manual("1", "E-01"), manual("2", "E-02"), manual("3", "E-03")], 1)
    assert [(one.code, len(one.frees), one.deadlines, one.share) for one in ranked] == [
        ("IS-0002", 3, 12, Share(4, 4))
    ]


def test_of_equal_gains_more_deadlines_go_first_then_the_code():
    own = [manual("1", "A-01"), manual("2", "B-01", frequency=Frequency.monthly), manual("3", "C-01")]
    codes = ["IS-0003", "IS-0002", "IS-0001"]
    candidates = [
        Candidate(code, frozenset({"b"}), frozenset({one.item}))
        for code, one in zip(codes, [own[0], own[2], own[1]], strict=True)
    ]
    assert [one.code for one in dividends(candidates, own, 0)] == ["IS-0001", "IS-0002", "IS-0003"]


def test_every_frequency_has_its_deadlines():
    assert set(DEADLINES_A_YEAR) == set(Frequency)


CODES = st.sampled_from(["A-01", "B-01", "C-01", "D-01"])
BODIES = st.sampled_from(["x", "y"])


@given(
    st.lists(st.tuples(st.frozensets(BODIES), st.frozensets(CODES)), max_size=5),
    st.lists(st.tuples(BODIES, CODES, st.sampled_from(Frequency)), max_size=12),
    st.integers(0, 5),
)
def test_gains_add_up_and_never_grow(
    systems: list[tuple[frozenset[str], frozenset[str]]],
    owed: list[tuple[str, str, Frequency]],
    automatic: int,
):
    candidates = [Candidate(f"IS-{n:04d}", *one) for n, one in enumerate(systems)]
    manuals = [Manual(str(n), *one) for n, one in enumerate(owed)]
    ranked = dividends(candidates, manuals, automatic)
    freed = [one.id for row in ranked for one in row.frees]
    assert len(freed) == len(set(freed))
    gains = [len(row.frees) for row in ranked]
    assert gains == sorted(gains, reverse=True)
    assert all(gains)
    reachable = {
        m.id for m in manuals if any(m.body_id in c.bodies and m.item in c.items for c in candidates)
    }
    assert set(freed) == reachable
    if ranked:
        assert ranked[-1].share == Share(automatic + len(freed), automatic + len(manuals))
