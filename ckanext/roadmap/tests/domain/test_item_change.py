"""A change told field by field can be taken back, as long as nothing stands on it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ckanext.roadmap.domain.item_change import (
    ChangeKind,
    fields_between,
    kind_of,
    overtaken,
    taken_back,
)

CELLS = st.none() | st.dictionaries(st.sampled_from("abc"), st.text(max_size=2), min_size=1)


@given(CELLS, CELLS)
def test_what_is_taken_back_stands_as_before(before, after):
    fields = fields_between(before, after)
    assert overtaken(fields, after) == ()
    assert taken_back(fields, after) == before


@given(CELLS, CELLS, CELLS)
def test_a_later_change_is_seen_where_it_touches_the_same_field(before, after, later):
    names = overtaken(fields_between(before, after), later)
    differing = {name for name, _ in fields_between(after, later).items()}
    assert set(names) == differing & set(fields_between(before, after))


def test_kinds():
    assert kind_of(None, {"a": "1"}) is ChangeKind.added
    assert kind_of({"a": "1"}, None) is ChangeKind.removed
    assert kind_of({"a": "1"}, {"a": "2"}) is ChangeKind.changed
