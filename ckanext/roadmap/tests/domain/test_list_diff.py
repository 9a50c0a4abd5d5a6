"""diff(a, b) applied to a gives b."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ckanext.roadmap.domain.list_diff import FieldChange, apply, diff

CODES = st.sampled_from(["E-01", "E-02", "F-01", "F-02", "G-01"])
CELLS = st.dictionaries(st.sampled_from(["title_uz", "due_rule", "columns"]), st.text(max_size=2), max_size=3)
LISTS = st.lists(st.tuples(CODES, CELLS), max_size=5, unique_by=lambda item: item[0]).map(dict)


@given(LISTS, LISTS)
def test_applied_to_the_first_it_gives_the_second(before, after):
    reached = apply(before, diff(before, after))
    assert reached == after
    assert list(reached) == list(after)


@given(LISTS)
def test_a_list_does_not_differ_from_itself(items):
    assert diff(items, items).is_empty


@given(LISTS, LISTS)
def test_the_way_back_is_its_mirror(before, after):
    there, back = diff(before, after), diff(after, before)
    assert (there.added, there.removed) == (back.removed, back.added)
    assert {
        code: {(c.field, c.after, c.before) for c in fields} for code, fields in there.changed.items()
    } == {code: {(c.field, c.before, c.after) for c in fields} for code, fields in back.changed.items()}


def test_field_by_field():
    before = {"E-01": {"title_uz": "Maktab", "due_rule": "by 1 March"}}
    after = {"E-01": {"title_uz": "Maktab", "due_rule": "by 1 April"}}
    assert diff(before, after).changed == {"E-01": (FieldChange("due_rule", "by 1 March", "by 1 April"),)}
