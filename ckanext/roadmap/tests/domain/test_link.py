"""When to look at a link again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ckanext.roadmap.domain.link import LONGEST_WAIT, Look, Pace, is_lost, retry_after, wait

NOW = datetime(2026, 4, 1, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


def test_a_good_link_waits_for_its_interval():
    assert wait(Pace(), 0) == timedelta(days=1)


def test_a_failing_link_is_asked_ever_more_rarely():
    assert [wait(Pace(), count) for count in (1, 2, 3)] == [HOUR, 2 * HOUR, 4 * HOUR]


@given(st.integers(0, 10_000), st.none() | st.timedeltas(timedelta(), timedelta(days=900)))
def test_a_wait_never_shrinks_with_failures_nor_passes_a_week(failures, asked):
    one = wait(Pace(), failures, asked)
    assert HOUR <= one <= LONGEST_WAIT
    if failures:
        assert wait(Pace(), failures + 1, asked) >= one
    assert asked is None or one >= min(asked, LONGEST_WAIT)


@pytest.mark.parametrize(
    ("written", "seconds"),
    [
        ("120", 120),
        ("Wed, 01 Apr 2026 13:00:00 GMT", 3600),
        ("Wed, 01 Apr 2026 11:00:00 GMT", 0),
        ("9" * 30, 7 * 86400),
        ("soon", None),
        ("", None),
        (None, None),
        ("-5", None),
        ("9" * 5000, 7 * 86400),
        ("\u00b2", None),
        ("Wed, 01 Apr 2026 13:00:00 +999999999999", None),
    ],
)
def test_retry_after_is_read_in_both_forms(written, seconds):
    got = retry_after(written, NOW)
    assert got == (None if seconds is None else timedelta(seconds=seconds))


def test_a_site_that_asks_to_come_later_is_neither_good_nor_bad():
    assert not Look.postponed.is_good
    assert not Look.postponed.is_bad
    assert {one for one in Look if one.is_good} == {Look.changed, Look.unchanged}


@pytest.mark.parametrize(
    ("error", "failures", "days", "expected"),
    [
        ("link_status", 3, 30, True),
        ("link_later", 9, 31, True),
        ("fetch_forbidden", 9, 31, True),
        (None, 0, 90, False),
        ("link_status", 2, 90, False),
        ("link_status", 9, 29, False),
        ("link_robots", 9, 90, False),
        ("fetch_too_large", 9, 90, False),
    ],
)
def test_what_nobody_could_have_for_long_is_lost(error, failures, days, expected):
    assert is_lost(Pace(), error, failures, timedelta(days=days)) is expected
