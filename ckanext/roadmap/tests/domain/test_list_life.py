"""Steps of a list version and the once-a-year rule."""

from __future__ import annotations

from datetime import date

import pytest

from ckanext.roadmap.domain.errors import RoadmapError
from ckanext.roadmap.domain.list_life import ListStatus, Override, Step, check_once_a_year, require

ALLOWED = {
    ("edit", "draft"), ("submit", "draft"), ("approve", "draft"), ("approve", "submitted"), ("reject", "submitted"),
    ("correct", "approved"), ("correct", "superseded"),
}  # fmt: skip
OVERRIDE = Override("14-K", "a new decree")


@pytest.mark.parametrize("step", Step)
@pytest.mark.parametrize("status", ListStatus)
def test_each_step_from_each_status(step, status):
    if (step, status) in ALLOWED:
        require(step, status, 2023, 1)
        return
    with pytest.raises(RoadmapError, match=rf"List 2023/1 is {status}\. \w+"):
        require(step, status, 2023, 1)


def test_a_second_revision_in_a_year_takes_an_override():
    approvals = [(date(2022, 12, 31), "9"), (date(2023, 1, 1), "12")]
    with pytest.raises(RoadmapError, match="by decision 12"):
        check_once_a_year(date(2023, 12, 31), approvals, None)
    assert check_once_a_year(date(2023, 12, 31), approvals, OVERRIDE) == OVERRIDE


def test_an_override_is_recorded_only_where_it_was_needed():
    assert check_once_a_year(date(2024, 1, 1), [(date(2023, 1, 1), "12")], OVERRIDE) is None
