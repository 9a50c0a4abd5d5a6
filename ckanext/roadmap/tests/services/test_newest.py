"""What a process keeps in its memory: no more than is meant, and no less."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ckanext.roadmap.services.newest import Newest

KEYS = st.lists(st.sampled_from("abcdefgh"), max_size=40)


@given(KEYS, st.integers(1, 6))
def test_the_newest_ones_are_kept_and_no_others(keys: list[str], most: int):
    kept = Newest[str](most)
    for key in keys:
        assert kept.put(key, key.upper()) == key.upper()
    newest = list(dict.fromkeys(reversed(keys)))[:most]
    assert list(kept) == newest[::-1]
    assert len(kept) == len(newest)
    assert {key: kept.get(key) for key in "abcdefgh"} == {
        key: key.upper() if key in newest else None for key in "abcdefgh"
    }


def test_what_is_asked_for_stays():
    kept = Newest[int](2)
    kept.put("present", 1)
    for day in range(5):
        kept.put(f"day {day}", day)
        assert kept.get("present") == 1


def test_nothing_is_left_of_what_is_forgotten():
    kept = Newest[int](2)
    kept.put("one", 1)
    kept.clear()
    assert kept.get("one") is None
    assert list(kept) == []
