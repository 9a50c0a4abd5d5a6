"""Which period data cover, by the values of their own column."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ckanext.roadmap.domain.calendar import Period, period_of
from ckanext.roadmap.domain.covering import Extremes, Span, covered, period_named, span_of
from ckanext.roadmap.domain.term import Frequency

TASHKENT = timezone(timedelta(hours=5))
DAYS = st.dates(date(1800, 1, 1), date(2198, 12, 31))
SERIES = [one for one in Frequency if one not in (Frequency.continuous, Frequency.once)]
SEEN = date(2026, 12, 5)


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("2026", "2026"),
        (2026, "2026"),
        (" 2026 ", "2026"),
        ("2026-11", "2026-11"),
        ("202611", "2026-11"),
        ("2026M11", "2026-11"),
        ("2026-M11", "2026-11"),
        ("2026-Q3", "2026-Q3"),
        ("2026Q3", "2026-Q3"),
        ("2026-q3", "2026-Q3"),
        ("2026-H2", "2026-H2"),
        ("2026H2", "2026-H2"),
        ("2026-S1", "2026-H1"),
        ("2026S2", "2026-H2"),
        ("2026-11-30", "2026-11-30"),
        ("2026-11-30 18:59:59", "2026-11-30"),
        ("2026-11-30T18:59:59+00:00", "2026-11-30"),
        ("2026-11-30T19:00:00+00:00", "2026-12-01"),
        ("2026-11-30 19:00:00.5+00", "2026-12-01"),
        (date(2026, 11, 30), "2026-11-30"),
        (datetime(2026, 11, 30, 23, 59), "2026-11-30"),  # noqa: DTZ001 - a source's time without a zone
        (datetime(2026, 11, 30, 19, tzinfo=UTC), "2026-12-01"),
    ],
)
def test_a_value_names_its_period(value, code):
    assert period_named(value, TASHKENT) == Period.parse(code)


@pytest.mark.parametrize(
    "value",
    [
        "", "Jami", "26", 26, 17032, "2026-13", "2026-00", "2026-Q5", "2026-Q0", "2026-H3", "2026-S0", "2026-02-30",
        "2026-11-30T25:00", "infinity", "0044-03-15 BC", "1703", "9999", "2026-Q", "Q3 2026", "30.11.2026",
        "２０２６", "2026-11-", "2026\n2027", 10**40,
    ],
)  # fmt: skip
def test_anything_else_names_none(value):
    assert period_named(value, TASHKENT) is None


@given(DAYS)
def test_every_code_of_a_period_reads_as_itself(day):
    for frequency in (Frequency.monthly, Frequency.quarterly, Frequency.half_yearly, Frequency.annual):
        period = period_of(frequency, day)
        assert period_named(period.code, UTC) == period
        assert period_named(period.code.replace("-", ""), UTC) == period
    assert period_named(day.isoformat(), UTC) == period_named(day, UTC) == Period(day, day)


@given(st.text(alphabet="0123456789QHSMTZ-:+. ", max_size=24))
def test_no_text_is_too_odd(text):
    found = period_named(text, TASHKENT)
    assert found is None or found.start <= found.last


class TestSpan:
    def test_forms_are_joined(self):
        told = [Extremes("2024", "2025", 2), Extremes("2026-01", "2026-09", 9)]
        assert span_of(told, 1, UTC) == Span(Period.parse("2024"), Period.parse("2026-09"))

    def test_a_total_among_them_is_passed_over(self):
        assert span_of([Extremes("2026-Q1", "2026-Q3", 90)], 10, UTC) is not None

    @pytest.mark.parametrize(
        ("told", "unread"),
        [
            ([], 0),
            ([], 5),
            ([Extremes("1999", "2026", 89)], 11),
            ([Extremes("2026-02-30", "2026-11-30", 5)], 0),
            ([Extremes("2026", "2026", 8), Extremes("2026-01-01", "infinity", 1)], 0),
        ],
    )
    def test_a_column_named_wrongly_tells_nothing(self, told, unread):
        assert span_of(told, unread, UTC) is None


def _covered(first: str, last: str, frequency: Frequency, seen: date = SEEN) -> Period | None:
    return covered(Span(Period.parse(first), Period.parse(last)), frequency, seen)


class TestCovered:
    def test_a_month_is_a_whole_month_and_no_quarter(self):
        found = _covered("2026-10", "2026-11", Frequency.quarterly)
        assert found == Period(date(2026, 10, 1), date(2026, 11, 30))

    def test_days_reach_into_the_periods_that_they_lie_in(self):
        """The last row of a month need not be of its last day, and a quarter may be named by its first."""
        assert _covered("2026-11-03", "2026-11-27", Frequency.monthly) == Period.parse("2026-11")
        assert _covered("2026-07-01", "2026-07-01", Frequency.quarterly) == Period.parse("2026-Q3")
        assert _covered("2026-11-28", "2026-11-30", Frequency.daily) == Period(
            date(2026, 11, 28), date(2026, 11, 30)
        )

    def test_plans_cover_nothing(self):
        assert _covered("2026-01", "2030-12", Frequency.monthly) == Period(date(2026, 1, 1), SEEN)
        assert _covered("2027", "2030", Frequency.annual) is None

    @pytest.mark.parametrize("frequency", [Frequency.continuous, Frequency.once])
    def test_a_term_without_a_series_is_not_told(self, frequency):
        assert _covered("2026-01", "2026-11", frequency) is None

    @given(DAYS, DAYS, DAYS, st.sampled_from(SERIES))
    def test_never_ahead_and_never_less_than_the_days_seen(self, one, other, seen, frequency):
        first, last = sorted((one, other))
        found = covered(Span(Period(first, first), Period(last, last)), frequency, seen)
        if found is None:
            assert seen < first
            return
        assert found.start <= first
        assert min(last, seen) <= found.last <= seen
