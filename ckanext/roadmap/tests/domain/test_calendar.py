"""Periods, working days, due days and grace."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import islice, pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ckanext.roadmap.domain.calendar import (
    Period,
    WorkingDays,
    due_at,
    due_day,
    end_of_day,
    grace,
    period_of,
    periods,
    quarter_of,
)
from ckanext.roadmap.domain.errors import PeriodError
from ckanext.roadmap.domain.term import Frequency, Term

from .builders import TASHKENT

DAYS = st.dates(date(1999, 1, 1), date(2099, 12, 31))
PERIODIC = st.sampled_from([item for item in Frequency if item is not Frequency.once])
NO_HOLIDAYS = WorkingDays()


@pytest.mark.parametrize(
    ("frequency", "day", "code", "last"),
    [
        ("annual", "2024-02-29", "2024", "2024-12-31"),
        ("half_yearly", "2023-06-30", "2023-H1", "2023-06-30"),
        ("half_yearly", "2023-07-01", "2023-H2", "2023-12-31"),
        ("quarterly", "2023-03-31", "2023-Q1", "2023-03-31"),
        ("quarterly", "2023-12-01", "2023-Q4", "2023-12-31"),
        ("monthly", "2024-02-29", "2024-02", "2024-02-29"),
        ("continuous", "2023-02-01", "2023-02", "2023-02-28"),
        ("weekly", "2023-01-01", "2022-W52", "2023-01-01"),
        ("weekly", "2020-12-31", "2020-W53", "2021-01-03"),
        ("weekly", "2024-12-30", "2025-W01", "2025-01-05"),
        ("daily", "2024-02-29", "2024-02-29", "2024-02-29"),
    ],
)
def test_codes(frequency, day, code, last):
    period = period_of(Frequency(frequency), date.fromisoformat(day))
    assert (period.code, period.last) == (code, date.fromisoformat(last))


def test_a_period_of_no_shape_is_once():
    assert Period(date(2023, 1, 15), date(2026, 5, 1)).code == "once"
    assert Period(date(2023, 1, 1), date(2023, 12, 31), once=True).code == "once"


@pytest.mark.parametrize(
    "code", ["once", "2023-Q5", "2023-W54", "2023-13", "2023-02-30", "23", "", "2023-H", "2023-3"]
)
def test_codes_refused(code):
    with pytest.raises(PeriodError, match="names no period"):
        Period.parse(code)


@given(PERIODIC, DAYS)
def test_codes_read_back(frequency, day):
    period = period_of(frequency, day)
    assert Period.parse(period.code) == period


@given(PERIODIC, DAYS)
def test_periods_tile_the_calendar(frequency, day):
    found = list(islice(periods(frequency, day, date.max - timedelta(days=800)), 40))
    assert found[0].start <= day <= found[0].last
    assert all(first.last + timedelta(days=1) == second.start for first, second in pairwise(found))
    assert all(
        period == period_of(frequency, period.start) == period_of(frequency, period.last) for period in found
    )


@given(PERIODIC, DAYS, st.integers(-400, 400))
def test_periods_end_from_the_first_day_and_begin_by_the_last(frequency, first, span):
    until = first + timedelta(days=span)
    assert all(row.last >= first and row.start <= until for row in periods(frequency, first, until))


@given(
    DAYS,
    st.sampled_from(["Asia/Tashkent", "Europe/Berlin", "America/Havana", "Africa/Cairo", "Pacific/Apia"]),
)
def test_days_meet_without_gap_in_any_zone(day, zone):
    tz = ZoneInfo(zone)
    period = Period(day, day)
    assert period.end_at(tz) == period.next().start_at(tz)
    assert end_of_day(day, tz) == period.end_at(tz) - timedelta(microseconds=1)
    if zone != "Pacific/Apia":  # it left out 30 December 2011
        assert period.start_at(tz).astimezone(tz).date() == day == end_of_day(day, tz).astimezone(tz).date()


def test_instants_in_tashkent_and_where_clocks_change():
    assert Period.parse("2023-Q1").end_at(TASHKENT) == datetime(2023, 3, 31, 19, tzinfo=UTC)
    spring = Period.parse("2023-03-26")
    berlin = ZoneInfo("Europe/Berlin")
    assert spring.end_at(berlin) - spring.start_at(berlin) == timedelta(hours=23)


@pytest.mark.parametrize(
    ("frequency", "rule", "period", "due"),
    [
        ("quarterly", "15 days after period end", "2023-Q1", "2023-04-15"),
        ("annual", "by 1 March", "2023", "2024-03-01"),
        ("annual", "by 29 February", "2022", "2023-02-28"),
        ("annual", "by 29 February", "2023", "2024-02-29"),
        ("annual", "10 days after period end", "2023", "2024-01-10"),
        ("monthly", "3 working days after period end", "2023-03", "2023-04-05"),
        ("continuous", "within 3 working days of change", "2023-02", "2023-03-03"),
        ("weekly", "1 day after period end", "2020-W53", "2021-01-04"),
        ("daily", "1 day after period end", "2024-02-28", "2024-02-29"),
    ],
)
def test_due_days(frequency, rule, period, due):
    term = Term.parse(frequency, rule)
    assert due_day(term, Period.parse(period), NO_HOLIDAYS) == date.fromisoformat(due)
    limit = due_at(term, Period.parse(period), NO_HOLIDAYS, TASHKENT)
    assert limit.astimezone(TASHKENT).isoformat() == f"{due}T23:59:59.999999+05:00"


def test_working_days_leave_out_weekends_and_holidays():
    nauryz = WorkingDays(frozenset({date(2023, 3, 21)}))
    assert NO_HOLIDAYS.add(date(2023, 3, 17), 3) == date(2023, 3, 22)
    assert nauryz.add(date(2023, 3, 17), 3) == date(2023, 3, 23)


@given(DAYS, st.integers(1, 60), st.frozensets(DAYS, max_size=20))
def test_working_days_are_counted(day, count, holidays):
    calendar = WorkingDays(holidays)
    last = calendar.add(day, count)
    between = [day + timedelta(days=n) for n in range(1, (last - day).days + 1)]
    assert calendar.is_working(last)
    assert sum(map(calendar.is_working, between)) == count


@pytest.mark.parametrize(
    ("code", "days"),
    [
        ("2023-03-14", 1),
        ("2023-W05", 2),
        ("2023-02", 6),
        ("2023-01", 7),
        ("2023-Q1", 18),
        ("2023-Q3", 19),
        ("2023-H1", 37),
        ("2023", 45),
    ],
)
def test_grace(code, days):
    assert grace(Period.parse(code)) == timedelta(days=days)


@given(DAYS, st.integers(0, 4000), st.integers(0, 100), st.integers(0, 10), st.integers(0, 80))
def test_grace_keeps_its_bounds_and_rounds_up(start, length, percent, floor, extra):
    period = Period(start, start + timedelta(days=length))
    found = grace(period, percent / 100, floor, floor + extra).days
    assert floor <= found <= floor + extra
    assert found == floor + extra or found * 100 >= percent * period.days
    assert found == floor or (found - 1) * 100 < percent * period.days


def test_quarter_of():
    assert quarter_of(date(2024, 2, 29)).code == "2024-Q1"
