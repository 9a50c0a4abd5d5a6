"""Whose word a held load needs, and who may give it."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ckanext.roadmap.domain.holding import (
    BOTH,
    Decision,
    Holding,
    Side,
    Word,
    is_second_key,
    needed,
    sides_of,
    stand,
)

NOW = datetime(2026, 1, 1, tzinfo=UTC)
EITHER, FIRST, TWO = "rows_fewer", "columns_first", "columns_changed"


def agree(side: Side, by: str = "a") -> Decision:
    return Decision(Word.approve, side, by, NOW)


def test_whose_word_it_takes():
    assert needed([EITHER]) == (BOTH, True)
    assert needed([FIRST, EITHER]) == (frozenset({Side.owner}), False)
    assert needed([FIRST, TWO]) == (BOTH, False)


@pytest.mark.parametrize(
    ("code", "sides", "state", "missing"),
    [
        (EITHER, [], Holding.waiting, BOTH),
        (EITHER, [Side.portal], Holding.approved, set()),
        (FIRST, [Side.portal], Holding.waiting, {Side.owner}),
        (FIRST, [Side.owner], Holding.approved, set()),
        (FIRST, [Side.stead], Holding.waiting, {Side.portal}),
        (FIRST, [Side.stead, Side.portal], Holding.approved, set()),
        (EITHER, [Side.stead], Holding.waiting, {Side.portal}),
        (TWO, [Side.owner], Holding.waiting, {Side.portal}),
        (TWO, [Side.stead], Holding.waiting, {Side.portal}),
        (TWO, [Side.stead, Side.owner], Holding.waiting, {Side.portal}),
        (TWO, [Side.owner, Side.portal], Holding.approved, set()),
    ],
)
def test_what_words_come_to(code: str, sides: list[Side], state: Holding, missing: set[Side]):
    found = stand([code], [agree(side, by=str(number)) for number, side in enumerate(sides)])
    assert (found.state, found.missing) == (state, missing)


@pytest.mark.parametrize("flags", product((False, True), repeat=3))
def test_who_may_decide(flags: tuple[bool, bool, bool]):
    officer, coordinator, attended = flags
    found = sides_of(officer=officer, coordinator=coordinator, attended=attended)
    assert (Side.owner in found) == officer
    assert (Side.portal in found) == coordinator
    assert (Side.stead in found) == (coordinator and not attended)


@given(
    st.sampled_from([FIRST, TWO]),
    st.lists(st.tuples(st.sampled_from(Side), st.sampled_from("abc")), max_size=6),
)
def test_a_stand_in_never_turns_the_last_key_alone(code: str, words: list[tuple[Side, str]]):
    decisions: list[Decision] = []
    for side, by in words:  # as the portal takes them: nobody agrees twice
        if not is_second_key(by, decisions):
            decisions.append(agree(side, by))
    if stand([code], decisions).state is Holding.approved and any(
        one.side is Side.stead for one in decisions
    ):
        assert len({one.by for one in decisions}) > 1
        assert {one.key for one in decisions} == BOTH


@given(st.lists(st.sampled_from(Side), max_size=4), st.sampled_from([EITHER, FIRST, TWO]))
def test_one_refusal_is_enough(sides: list[Side], code: str):
    decisions = [agree(side) for side in sides] + [Decision(Word.decline, Side.portal, "z", NOW)]
    assert stand([code], decisions).state is Holding.declined
