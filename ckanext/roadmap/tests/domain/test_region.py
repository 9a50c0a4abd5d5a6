"""Regions by SOATO code."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ckanext.roadmap.domain.region import REGIONS, region_of, regions_in, spread


def test_there_are_fourteen():
    assert len(REGIONS) == 14


@pytest.mark.parametrize(
    ("code", "region"),
    [
        ("1703", "1703"),
        (" 1703 ", "1703"),
        ("1703202", "1703"),
        ("1735401", "1735"),
        ("1726262", "1726"),
        ("1703202552", "1703"),
        ("17032025", "1703"),
    ],
)
def test_a_code_counts_for_its_region(code, region):
    assert region_of(code) == region


@pytest.mark.parametrize(
    "code",
    ["", "17", "170", "17032", "170320", "1700", "9999", "1799202", "1703a02", "١٧٠٣", "Andijon", "-1703"],
)
def test_what_is_no_code_counts_for_none(code):
    assert region_of(code) is None


@given(st.text())
def test_any_text_is_answered(text):
    assert region_of(text) in REGIONS | {None}


@given(st.frozensets(st.sampled_from(sorted(REGIONS))), st.frozensets(st.text(max_size=6)))
def test_regions_of_a_set(regions, others):
    strange = {text for text in others if region_of(text) is None}
    assert regions_in(frozenset({f"{region}201" for region in regions} | strange)) == regions


def test_rows_spread_over_regions():
    found = spread({"1703": 2, "1703202": 5, "1726": 1, "Andijon": 3, "": 4, " ": 1})
    assert (found.regions["1703"].rows, found.regions["1703"].codes) == (7, 2)
    assert (found.strange, found.empty, found.rows) == ({"Andijon": 3}, 5, 16)
    assert len(found.missing) == 12


@given(
    st.dictionaries(
        st.sampled_from(["1703", "1703202", "1726262", "9999", "x", "", "1735"]), st.integers(1, 99)
    )
)
def test_no_row_is_lost_or_told_twice(rows):
    found = spread(rows)
    assert found.rows == sum(rows.values())
    assert found.regions.keys() == regions_in(frozenset(rows))
    assert set(found.missing) == REGIONS - found.regions.keys()
