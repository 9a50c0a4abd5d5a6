"""Steps by which a failed reading is tried again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ckanext.roadmap.domain.retry import DAY, STEPS, again_at

FIRST = datetime(2026, 2, 10, 3, 0, 20, tzinfo=UTC)


@pytest.mark.parametrize(
    ("minutes", "step"),
    [
        (0, timedelta(minutes=15)),
        (14, timedelta(minutes=15)),
        (15, timedelta(hours=1)),
        (60, timedelta(hours=4)),
        (240, timedelta(days=1)),
        (24 * 60, timedelta(days=2)),
        (30 * 24 * 60 + 1, timedelta(days=31)),
    ],
)
def test_steps(minutes: int, step: timedelta):
    assert again_at(FIRST, FIRST + timedelta(minutes=minutes)) == FIRST + step


@given(st.timedeltas(timedelta(0), timedelta(days=400)))
def test_it_goes_on_each_day_and_never_back(after: timedelta):
    last = FIRST + after
    found = again_at(FIRST, last)
    assert last < found <= last + DAY
    assert found - FIRST in STEPS or (found - FIRST) % DAY == timedelta(0)


def test_a_source_that_stays_down_is_asked_four_times_in_a_day_and_then_daily():
    tries, last = list[datetime](), FIRST
    while last < FIRST + 3 * DAY:
        last = again_at(FIRST, last)
        tries.append(last)
    assert [one - FIRST for one in tries] == [*STEPS, DAY, 2 * DAY, 3 * DAY]
