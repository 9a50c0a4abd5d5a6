"""Several files told as one: nothing but content that was never there is new."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ckanext.roadmap.domain.content import Content, Label
from ckanext.roadmap.domain.portion import Portion, judge_whole, whole

CONTENTS = [
    Content(name * 64, core * 64, rows) for name, core, rows in (("a", "x", 3), ("b", "x", 3), ("c", "y", 2))
]
HELD = st.none() | st.sampled_from(CONTENTS)
PORTIONS = st.lists(st.builds(Portion, HELD, HELD, st.booleans()), min_size=1, max_size=4)
SEEN = st.frozensets(st.sampled_from([one.content_hash for one in CONTENTS]))


def ever(portions, more):
    """All that was held before, as the table of looks knows it."""
    lasts = [one.last for one in portions if one.last]
    return more | {hashed for last in lasts for hashed in (last.content_hash, last.core_hash)}


@given(PORTIONS, SEEN, st.booleans())
def test_only_what_was_never_there_is_new(portions, more, is_told):
    seen, content = ever(portions, more), whole(portions)
    told = frozenset({content.content_hash}) if content and is_told else frozenset()
    verdict = judge_whole(portions, seen, told)
    if verdict and verdict.is_changed:
        has_new = any(one.now and one.now.content_hash not in seen for one in portions)
        assert has_new or (verdict.label is Label.flip_flop and content.content_hash in told)


@given(PORTIONS)
def test_what_nobody_touched_is_not_told(portions):
    same = [Portion(one.last, one.last) for one in portions]
    assert judge_whole(same, ever(same, frozenset()), frozenset()) is None


@given(PORTIONS, SEEN, st.permutations(range(4)))
def test_the_order_of_files_is_of_no_account(portions, more, order):
    shuffled = [portions[place] for place in order if place < len(portions)]
    seen = ever(portions, more)
    assert judge_whole(portions, seen, frozenset()) == judge_whole(shuffled, seen, frozenset())


def test_a_file_that_moves_is_saved_anew():
    moved = [Portion(None, CONTENTS[0]), Portion(CONTENTS[0], None)]
    assert judge_whole(moved, ever(moved, frozenset()), frozenset()).label is Label.resaved
