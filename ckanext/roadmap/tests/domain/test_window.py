"""The hours in which a source may be read."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ckanext.roadmap.domain.errors import RoadmapError
from ckanext.roadmap.domain.window import Window

TZ = ZoneInfo("Asia/Tashkent")
clocks = st.times().map(lambda one: f"{one:%H:%M}")
windows = st.tuples(clocks, clocks).filter(lambda two: two[0] != two[1]).map("-".join).map(Window.parse)
instants = st.datetimes(datetime(2023, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"2026-02-10T{text}").replace(tzinfo=TZ)


@pytest.mark.parametrize(
    ("window", "moment", "is_open"),
    [
        ("22:00-06:00", "21:59:59", False),
        ("22:00-06:00", "22:00", True),
        ("22:00-06:00", "05:59:59", True),
        ("22:00-06:00", "06:00", False),
        ("09:00-18:00", "09:00", True),
        ("09:00-18:00", "18:00", False),
        ("18:00-00:00", "23:59:59", True),
        ("18:00-00:00", "00:00", False),
    ],
)
def test_the_beginning_is_inside_and_the_end_is_not(window: str, moment: str, is_open: bool):
    assert Window.parse(window).is_open(at(moment).astimezone(UTC), TZ) is is_open


@pytest.mark.parametrize("text", ["", "22-06", "24:00-06:00", "22:00-22:00", "22:60-06:00", "22:00–06:00"])
def test_what_is_no_window(text: str):
    with pytest.raises(RoadmapError) as caught:
        Window.parse(text)
    assert caught.value.code == "mapping_window"


@given(windows)
def test_is_written_as_it_is_read(window: Window):
    assert Window.parse(str(window)) == window


@given(windows, instants)
def test_openings_enclose_the_instant(window: Window, now: datetime):
    last, following = window.last_opening(now, TZ), window.next_opening(now, TZ)
    assert now - timedelta(days=1) < last <= now <= following <= now + timedelta(days=1)
    assert window.is_open(last, TZ)
    assert window.is_open(following, TZ)
    assert (following == now) is window.is_open(now, TZ)
