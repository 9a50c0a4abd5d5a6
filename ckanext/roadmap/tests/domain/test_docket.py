"""Rules of dockets."""

from __future__ import annotations

from datetime import date

import pytest

from ckanext.roadmap.domain import docket
from ckanext.roadmap.domain.docket import Decision, DocketState, DocketStep, Votes
from ckanext.roadmap.domain.errors import RoadmapError

MAY = {
    "draft": {"edit", "move", "describe", "opine", "send"},
    "sent": {"move", "describe", "opine", "decide"},
    "held": {"describe", "decide", "close"},
    "closed": set(),
}


@pytest.mark.parametrize("state", DocketState)
@pytest.mark.parametrize("step", DocketStep)
def test_each_state_lets_its_own_steps_be_taken(state: DocketState, step: DocketStep):
    if step in MAY[state]:
        docket.require(step, state, "2026-01")
    else:
        with pytest.raises(RoadmapError, match=f"Docket 2026-01 is {state}"):
            docket.require(step, state, "2026-01")


def test_numbers_go_on_within_their_year():
    taken = ["2026-01", "2026-11", "2025-40"]
    assert [docket.number_of(year, taken) for year in (2025, 2026, 2027)] == ["2025-41", "2026-12", "2027-01"]
    assert docket.number_of(2026, ["2026-99", "2026-100"]) == "2026-101"


def test_nothing_is_decided_before_the_day():
    docket.check_sitting("2026-01", date(2026, 5, 4), date(2026, 5, 4))
    with pytest.raises(RoadmapError) as error:
        docket.check_sitting("2026-01", date(2026, 5, 4), date(2026, 5, 3))
    assert error.value.code == "docket_too_early"


@pytest.mark.parametrize(
    ("decision", "reason", "votes", "present", "code"),
    [
        (Decision.accept, "", Votes(2, 1, 0), 3, None),
        (Decision.accept, "", Votes(2, 2, 0), 4, "docket_votes_against"),
        (Decision.accept, "", Votes(2, 1, 1), 3, "docket_votes_many"),
        (Decision.accept, "", Votes(2, 1, 1), 0, None),
        (Decision.reject, "", None, 0, "docket_reason_missing"),
        (Decision.reject, "Listed", Votes(0, 3, 0), 3, None),
        (Decision.defer, "", Votes(0, 0, 3), 3, None),
        (Decision.defer, "", Votes(0, 0, 4), 3, "docket_votes_many"),
    ],
)
def test_decisions_and_votes(decision, reason, votes, present, code):
    if code is None:
        docket.check_decision(decision, reason, votes, present)
        return
    with pytest.raises(RoadmapError) as error:
        docket.check_decision(decision, reason, votes, present)
    assert error.value.code == code
