"""When a mapping is due, by its line of cron, its window, and what was done about it."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from ckanext.roadmap.domain.errors import RoadmapError
from ckanext.roadmap.domain.window import Window
from ckanext.roadmap.services import cron
from ckanext.roadmap.services.timetable import Attempts, Schedule

TZ = ZoneInfo("Asia/Tashkent")
LONG_AGO = datetime(2023, 1, 1, tzinfo=UTC)


def at(text: str) -> datetime:
    """A moment by the clock in Tashkent, as the portal keeps it."""
    return datetime.fromisoformat(f"2026-02-{text}").replace(tzinfo=TZ).astimezone(UTC)


def schedule(line: str = "0 3 * * *", window: str = "") -> Schedule:
    return Schedule(line, Window.parse(window) if window else None, TZ)


class TestCron:
    @pytest.mark.parametrize("line", ["0 3 * * *", "*/15 8-17 * * mon-fri", "30 2 1,15 * *"])
    def test_lines(self, line: str):
        cron.check(line, LONG_AGO)

    @pytest.mark.parametrize(
        "line", ["", "0 3 * *", "61 3 * * *", "0 0 30 2 *", "@daily", "r 3 * * *", "h h * * *", "0 0 3 * * *"]
    )
    def test_what_is_none(self, line: str):
        with pytest.raises(RoadmapError) as caught:
            cron.check(line, LONG_AGO)
        assert caught.value.code == "mapping_cron"

    def test_by_the_legal_clock_and_to_the_minute(self):
        assert cron.newest("0 3 * * *", at("10T03:00"), TZ) == at("10T03:00")
        assert cron.newest("0 3 * * *", at("10T02:59:59"), TZ) == at("09T03:00")
        assert cron.following("0 3 * * *", at("10T03:00"), TZ) == at("11T03:00")


class TestDue:
    def test_once_for_each_moment(self):
        one = schedule()
        read = Attempts(at("09T03:00:20"), at("09T03:00:20"))
        assert not one.is_due(at("10T02:59"), LONG_AGO, read)
        assert one.is_due(at("10T03:00"), LONG_AGO, read)
        assert not one.is_due(at("10T03:01"), LONG_AGO, Attempts(None, at("10T03:00")))
        assert not one.is_due(at("10T09:00"), LONG_AGO, Attempts(at("10T03:02"), at("10T03:02")))

    def test_missed_moments_are_one_reading(self):
        assert schedule().is_due(at("20T11:00"), LONG_AGO, Attempts(at("09T03:00"), at("09T03:00")))

    def test_moments_before_the_mapping_do_not_count(self):
        assert not schedule().is_due(at("10T12:00"), at("10T11:00"), Attempts())
        assert schedule().is_due(at("11T03:00"), at("10T11:00"), Attempts())

    def test_waits_for_the_window(self):
        one = schedule("0 12 * * *", "22:00-06:00")
        assert not one.is_due(at("10T12:00"), LONG_AGO, Attempts())
        assert one.is_due(at("10T22:00"), LONG_AGO, Attempts())
        assert one.next_at(at("10T11:00")) == at("10T22:00")

    def test_what_the_window_cut_off_begins_anew_when_it_opens(self):
        one, cut = schedule("0 23 * * sat", "22:00-06:00"), Attempts(None, at("14T23:00"))
        assert not one.is_due(at("15T05:00"), LONG_AGO, cut)
        assert not one.is_due(at("15T12:00"), LONG_AGO, cut)
        assert one.is_due(at("15T22:00"), LONG_AGO, cut)
        assert not one.is_due(at("15T22:01"), LONG_AGO, Attempts(None, at("15T22:00")))

    def test_a_load_that_was_read_in_an_earlier_window_is_enough(self):
        one = schedule("0 23 * * sat", "22:00-06:00")
        assert not one.is_due(at("15T22:00"), LONG_AGO, Attempts(at("14T23:01"), at("14T23:01")))
