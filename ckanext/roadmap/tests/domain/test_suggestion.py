"""Which steps a suggestion may take, and the numbers it gets."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ckanext.roadmap.domain.errors import RoadmapError
from ckanext.roadmap.domain.suggestion import (
    ENDED,
    TRANSITIONS,
    SuggestionState,
    next_number,
    require_step,
)

STATES = st.sampled_from(list(SuggestionState))


@given(st.lists(STATES, max_size=12))
def test_whatever_is_tried_a_citizen_is_answered_once_it_is_accepted_or_rejected(
    tried: list[SuggestionState],
):
    state, seen = SuggestionState.unconfirmed, [SuggestionState.unconfirmed]
    for to in tried:
        try:
            require_step("2026-0001", state, to)
        except RoadmapError:
            continue
        state = to
        seen.append(state)
    if len(seen) > 1:
        assert seen[1] is SuggestionState.open
    for place, one in enumerate(seen):
        if one in (SuggestionState.accepted, SuggestionState.rejected):
            assert seen[place - 1] is SuggestionState.in_docket
        if one is SuggestionState.published:
            assert seen[place - 1] is SuggestionState.accepted
        if one in ENDED or one is SuggestionState.merged:
            assert place == len(seen) - 1


def test_every_state_but_the_first_can_be_reached():
    reached = set().union(*TRANSITIONS.values())
    assert reached == set(SuggestionState) - {SuggestionState.unconfirmed}


def test_a_refusal_names_what_is_open():
    with pytest.raises(RoadmapError, match="It may become: in_docket, merged") as error:
        require_step("2026-0001", "open", SuggestionState.accepted)
    assert error.value.code == "suggestion_step_refused"


@pytest.mark.parametrize(
    ("issued", "number"),
    [
        ([], "2026-0001"),
        (["2026-0001", "2026-0003"], "2026-0004"),
        (["2025-0007"], "2026-0001"),
        (["2026-9999"], "2026-10000"),
        (["2026-10000", "2026-9999"], "2026-10001"),
    ],
)
def test_numbers_go_on_within_the_year(issued: list[str], number: str):
    assert next_number(2026, issued) == number
