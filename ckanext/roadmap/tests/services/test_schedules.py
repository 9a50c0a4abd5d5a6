"""When a mapping is due, by its line of cron, its window, and what was done about it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from ckanext.roadmap.domain.errors import RoadmapError
from ckanext.roadmap.domain.window import Window
from ckanext.roadmap.services import cron
from ckanext.roadmap.services.timetable import NOTHING, Attempts, Schedule

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


def failed(first: str, last: str = "") -> Attempts:
    found = at(first), at(last or first)
    return Attempts(failed=found, begun=found[1])


DONE = Attempts(settled=True)
MONTHLY = "0 3 1 * *"


class TestDue:
    def test_once_for_each_moment(self):
        one = schedule()
        assert not one.is_due(at("10T02:59"), LONG_AGO, DONE)
        assert one.is_due(at("10T03:00"), LONG_AGO, NOTHING)
        assert not one.is_due(at("10T03:01"), LONG_AGO, Attempts(begun=at("10T03:00")))
        assert not one.is_due(at("10T09:00"), LONG_AGO, DONE)
        assert one.next_at(at("10T09:00"), LONG_AGO, DONE) == at("11T03:00")

    def test_missed_moments_are_one_reading(self):
        assert schedule().is_due(at("20T11:00"), LONG_AGO, NOTHING)
        assert schedule().next_at(at("20T11:00"), LONG_AGO, NOTHING) == at("20T11:00")

    def test_moments_before_the_mapping_do_not_count(self):
        assert not schedule().is_due(at("10T12:00"), at("10T11:00"), NOTHING)
        assert schedule().next_at(at("10T12:00"), at("10T11:00"), NOTHING) == at("11T03:00")
        assert schedule().is_due(at("11T03:00"), at("10T11:00"), NOTHING)

    def test_waits_for_the_window(self):
        one = schedule("0 12 * * *", "22:00-06:00")
        assert not one.is_due(at("10T12:00"), LONG_AGO, NOTHING)
        assert one.is_due(at("10T22:00"), LONG_AGO, NOTHING)
        assert one.next_at(at("10T11:00"), LONG_AGO, DONE) == at("10T22:00")
        assert one.next_at(at("10T13:00"), LONG_AGO, NOTHING) == at("10T22:00")

    def test_what_never_got_to_its_source_begins_anew_when_the_window_opens(self):
        one, waits = schedule("0 23 * * sat", "22:00-06:00"), Attempts(begun=at("14T23:00"))
        assert not one.is_due(at("15T05:00"), LONG_AGO, waits)
        assert not one.is_due(at("15T12:00"), LONG_AGO, waits)
        assert one.is_due(at("15T22:00"), LONG_AGO, waits)
        assert not one.is_due(at("15T22:01"), LONG_AGO, Attempts(begun=at("15T22:00")))


class TestAgain:
    @pytest.mark.parametrize(
        ("last", "again"),
        [("01T03:00", "01T03:15"), ("01T03:15", "01T04:00"), ("01T04:00", "01T07:00"),
         ("01T07:00", "02T03:00"), ("14T03:00", "15T03:00")],
    )  # fmt: skip
    def test_a_failed_load_does_not_wait_a_month(self, last: str, again: str):
        one, done = schedule(MONTHLY), failed("01T03:00", last)
        assert one.next_at(at(last), LONG_AGO, done) == at(again)
        assert one.is_again(at(last), LONG_AGO, done)
        assert not one.is_due(at(again) - timedelta(minutes=1), LONG_AGO, done)
        assert one.is_due(at(again), LONG_AGO, done)

    def test_the_next_moment_takes_over(self):
        one, done = schedule("0,10 3 * * *"), failed("10T03:00")
        assert one.next_at(at("10T03:01"), LONG_AGO, done) == at("10T03:10")
        assert not one.is_again(at("10T03:01"), LONG_AGO, done)
        assert schedule().next_at(at("10T08:00"), LONG_AGO, failed("10T03:00:20", "10T07:00:20")) == at(
            "11T03:00"
        )

    def test_only_in_the_window(self):
        one, cut = schedule(MONTHLY, "02:00-04:00"), failed("01T04:00")
        assert not one.is_due(at("01T04:15"), LONG_AGO, cut)
        assert one.next_at(at("01T04:15"), LONG_AGO, cut) == at("02T02:00")
        assert one.is_due(at("02T02:00"), LONG_AGO, cut)
        assert one.next_at(at("02T02:01"), LONG_AGO, failed("01T04:00", "02T02:01")) == at("03T02:00")

    def test_never_what_ended_otherwise_or_is_under_way(self):
        done = Attempts(True, (at("01T03:00"), at("01T03:00")), at("01T03:15"))
        assert schedule(MONTHLY).next_at(at("01T03:20"), LONG_AGO, done) > at("28T00:00")
        assert not schedule(MONTHLY).is_again(at("01T03:20"), LONG_AGO, done)
        waits = Attempts(False, (at("01T03:00"), at("01T03:00")), at("01T03:15"))
        assert not schedule(MONTHLY).is_due(at("01T09:00"), LONG_AGO, waits)

    def test_a_mapping_that_was_changed_since_waits_for_its_next_moment(self):
        assert not schedule(MONTHLY).is_due(at("03T03:00"), at("02T12:00"), failed("01T03:00"))
