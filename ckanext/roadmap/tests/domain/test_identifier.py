"""Numbers of datasets: each once, and the list's own kept."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ckanext.roadmap.domain.errors import RoadmapError
from ckanext.roadmap.domain.identifier import LAST, Numbering, parts, write

CODES = st.sampled_from(["1-001", "1-002"])
ITEMS = st.sampled_from(["E-01", "1-001-0001", "1-001-0003", "1-002-0002"])


@given(st.lists(st.tuples(CODES, ITEMS), unique=True, max_size=8), st.integers(0, 5))
def test_no_number_is_given_twice(asked, last):
    numbering = Numbering(
        {"1-001": last}, [item for _, item in asked], [write("1-001", n + 1) for n in range(last)]
    )
    taken = [numbering.take(body, item)[0] for body, item in asked]
    assert len(set(taken)) == len(taken)
    assert not {write("1-001", number + 1) for number in range(last)} & set(taken)
    for (body, item), identifier in zip(asked, taken, strict=True):
        assert parts(identifier)[0] == body
        if parts(item) and parts(item)[0] == body and parts(item)[1] > last:
            assert identifier == item


def test_a_code_has_so_many_numbers():
    numbering = Numbering({"1-001": LAST - 1}, [])
    assert numbering.take("1-001", "E-01") == ("1-001-9999", LAST)
    with pytest.raises(RoadmapError, match="used up"):
        numbering.take("1-001", "E-02")


@pytest.mark.parametrize("text", ["", "1-002", "1-002-17", "E-01", "1-002-00170", "١-٠٠٢-٠٠٠١"])
def test_what_is_no_identifier(text):
    assert parts(text) is None
