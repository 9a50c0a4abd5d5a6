"""ODIN's codes: whatever names a category or indicator is written one way, all else is refused with a remedy."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ckanext.roadmap.domain.errors import OdinError
from ckanext.roadmap.domain.odin.codes import (
    CATEGORIES,
    INDICATORS,
    category_of,
    read_category,
    read_indicator,
    with_categories,
)
from ckanext.roadmap.presentation.odin_words import items_of, words_of


@pytest.mark.parametrize(
    ("written", "code", "category"),
    [
        ("COPI", "COPI", 13),
        ("copi", "COPI", 13),
        ("COPI:4", "COPI:4", 13),
        ("COPI:04", "COPI:4", 13),
        ("13:4", "13:4", 13),
        ("pi:10", "13:10", 13),
        ("LAUS", "LAUS", 19),
    ],
)
def test_written_one_way(written: str, code: str, category: int):
    assert read_indicator(written) == code
    assert category_of(code) == category


@pytest.mark.parametrize("written", ["", "XXXX", "18.1", "COPI:0", "COPI:11", "24:1", "COPI:", "COPI:4:4"])
def test_unknown(written: str):
    with pytest.raises(OdinError) as caught:
        read_indicator(written)
    assert caught.value.code == "odin_indicator_unknown"


@pytest.mark.parametrize("written", ["14", "GF"])
def test_a_whole_category_is_told_its_indicators(written: str):
    with pytest.raises(OdinError, match="ACRE, ACEX"):
        read_indicator(written)


@pytest.mark.parametrize(("written", "number"), [("1", 1), ("23", 23), ("BE", 23), ("gf", 14)])
def test_categories(written: str, number: int):
    assert read_category(written) == number


@given(st.text(max_size=8))
def test_any_text_is_a_code_or_refused(text: str):
    try:
        code = read_indicator(text)
    except OdinError:
        return
    assert read_indicator(code) == code
    assert category_of(code) in CATEGORIES
    assert words_of(code)


def test_categories_of_indicators_follow_those_given():
    assert with_categories([2, 14], ["COPI", "14:5", "ACRE"]) == (2, 14, 13)


def test_a_gap_becomes_an_element_of_an_item():
    gaps = [None, "ODIN:14:4", "SDG 4.1", "ODIN:14:4", "ODIN:99:1", "ODIN:2:5"]
    assert items_of(gaps) == ["14:4", "2:5"]
    assert [*map(read_indicator, items_of(gaps))] == ["14:4", "2:5"]


@pytest.mark.real_data
def test_the_codes_of_real_assessments(shared_data):
    for file in sorted((shared_data / "odin").glob("*.json")):
        told = json.loads(file.read_text(encoding="utf-8"))
        numbers = {one["categoryId"]: one["orderNum"] for one in told["categories"]}
        assert {one["orderNum"]: one["initial"] for one in told["categories"]} == CATEGORIES
        assert {one["initial"]: numbers[one["categoryId"]] for one in told["indicators"]} == INDICATORS
        for one in told["indicators"]:
            name = re.sub(r"^\([\d.]+\) ", "", one["name"])
            assert set(name.lower().split()) & set(words_of(one["initial"])[0].lower().split())
