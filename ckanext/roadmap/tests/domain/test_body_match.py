"""A list may call a body by name, code, STIR or title."""

from __future__ import annotations

import pytest

from ckanext.roadmap.domain.body_match import BodyNames, match
from ckanext.roadmap.domain.errors import ResponsibleError

BODIES = (
    BodyNames("ministry-finance", "1-003", "201122919", ("Moliya vazirligi", "Министерство финансов")),
    BodyNames("ministry-health", "1-004", None, ("Sog'liqni saqlash vazirligi", "Министерство здравоохранения")),
    BodyNames("archive-east", "2-001", None, ("Davlat arxivi",)),
    BodyNames("archive-west", "2-002", None, ("Davlat arxivi",)),
)  # fmt: skip


@pytest.mark.parametrize(
    ("word", "name"),
    [
        ("ministry-finance", "ministry-finance"),
        ("1-003", "ministry-finance"),
        ("201122919", "ministry-finance"),
        ("Молия вазирлиги", "ministry-finance"),
        ("МИНИСТЕРСТВО ФИНАНСОВ", "ministry-finance"),
        ("Sogʻliqni saqlash vazirligi", "ministry-health"),
        ("Соғлиқни сақлаш вазирлиги", "ministry-health"),
        ("2-002", "archive-west"),
    ],
)
def test_meant(word, name):
    assert match(word, BODIES) == name


def test_ambiguous_lists_the_candidates():
    with pytest.raises(ResponsibleError, match="archive-east, archive-west"):
        match("Давлат архиви", BODIES)


def test_unknown_lists_what_is_near():
    with pytest.raises(
        ResponsibleError, match=r"not in the register of bodies\. Did you mean: ministry-finance"
    ):
        match("Moliya vazirligii", BODIES)


def test_nothing_near():
    with pytest.raises(ResponsibleError) as error:
        match("—", BODIES)
    assert "Did you mean" not in str(error.value)
