"""The review of a list tells every faulty cell, in the same words as the import tells the first."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ckanext.roadmap.domain.errors import ListError
from ckanext.roadmap.sources.approved_list import COLUMNS, read_approved_list
from ckanext.roadmap.sources.list_review import review_list
from ckanext.roadmap.tests.sources.test_approved_list import ITEM, LOOSE, OPTIONAL, content


def places(faults: list[ListError]) -> list[tuple[int, str]]:
    return [(fault.row, fault.column) for fault in faults]


def test_a_sound_list_has_no_fault():
    drafts, faults = review_list(content(ITEM, {**ITEM, "code": "E-02"}), "list.csv")
    assert ([draft.code for draft in drafts], faults) == (["E-01", "E-02"], [])


def test_every_faulty_cell_is_told_once_in_the_order_of_rows():
    bad = {"code": "?", "sphere": "", "frequency": "sometimes", "place": "moon", "odin": "x", "ai": "maybe"}
    drafts, faults = review_list(
        content(ITEM, {**ITEM, **bad}, {**ITEM, "territorial": "perhaps"}), "list.csv"
    )
    assert [draft.row for draft in drafts] == [2, 3, 4]
    assert set(places(faults)) == {(3, column) for column in bad} | {(4, "territorial"), (4, "code")}
    assert [fault.row for fault in faults] == sorted(fault.row for fault in faults)
    assert all(str(fault).startswith(f"Row {fault.row}, column {fault.column}: ") for fault in faults)


def test_a_code_that_stands_twice_is_told_in_the_later_row():
    _, faults = review_list(content(ITEM, ITEM, ITEM), "list.csv")
    assert places(faults) == [(3, "code"), (4, "code")]


@pytest.mark.parametrize("raw", [b"", b"\xff\xfe\x00", b"code\n"])
def test_what_is_no_list_has_a_fault(raw: bytes):
    drafts, faults = review_list(raw, "list.csv")
    assert not drafts
    assert faults


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.fixed_dictionaries({}, optional=dict.fromkeys((*COLUMNS, *OPTIONAL), LOOSE)), max_size=4))
def test_the_review_finds_fault_exactly_where_the_import_does(changes: list[dict[str, str]]):
    rows = content(*[{**ITEM, "code": f"E-{number:02}", **change} for number, change in enumerate(changes)])
    drafts, faults = review_list(rows, "list.csv")
    if faults:
        with pytest.raises(ListError) as caught:
            read_approved_list(rows, "list.csv")
        assert (caught.value.row, caught.value.column) in places(faults)
    else:
        assert drafts == read_approved_list(rows, "list.csv")
