"""What becomes of an obligation when its body ends."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ckanext.roadmap.domain.ring import rings
from ckanext.roadmap.domain.succession import Passage, passage

NAMES = st.lists(st.sampled_from("abcd"), unique=True)


def test_the_first_heir_goes_on_and_the_others_begin():
    assert passage("a", ["b", "c"], []) == Passage("b", ("c",))
    assert passage("a", ["b", "c"], ["b"]) == Passage("c", (), ("b",))
    assert passage("a", ["b"], ["b"]) == Passage(None, (), ("b",))
    assert passage("a", ["a", "b"], ["a"]) == Passage("a", ("b",))
    assert passage("a", ["b"], [], ["b"]) == Passage(None)
    assert passage("a", [], ["a"]) == Passage(None)


@given(NAMES, NAMES, NAMES)
def test_every_heir_owes_it_once_and_nobody_else(heirs, owing, excepted):
    found = passage("a", heirs, owing, excepted)
    takers = [*([found.to] if found.to else []), *found.others, *found.joined]
    assert sorted(takers) == sorted({heir for heir in heirs if heir == "a" or heir not in excepted})
    assert set(found.joined) <= set(owing)
    assert not set(found.others) & (set(owing) - {"a"})


def test_rings_are_found():
    assert rings({"a": ["b"], "b": ["c"], "c": ["a"], "d": ["a"]}) == {"a", "b", "c"}
    assert rings({"a": ["a"], "b": []}) == {"a"}
    assert rings({"a": ["b"], "b": ["c"]}) == set()
