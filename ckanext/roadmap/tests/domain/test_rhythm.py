"""What a person chooses and a line of cron say the same."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ckanext.roadmap.domain.rhythm import WEEKDAYS, Rhythm

TIMES = st.times().map(lambda at: f"{at:%H:%M}")
CHOICES = st.one_of(
    st.integers(0, 59).map(lambda minute: Rhythm("hourly", f"00:{minute:02}")),
    TIMES.map(lambda at: Rhythm("daily", at)),
    TIMES.map(lambda at: Rhythm("workdays", at)),
    st.builds(lambda at, day: Rhythm("weekly", at, day), TIMES, st.sampled_from(WEEKDAYS)),
    st.builds(lambda at, day: Rhythm("monthly", at, day=str(day)), TIMES, st.integers(1, 31)),
)


@given(CHOICES)
def test_every_choice_comes_back_from_its_line(choice: Rhythm):
    assert Rhythm.of(choice.cron) == choice


@pytest.mark.parametrize(
    ("line", "choice"),
    [
        ("30 2 * * 1-5", Rhythm("workdays", "02:30")),
        ("05 02 * * 7", Rhythm("weekly", "02:05", "sun")),
        ("0 6 05 * *", Rhythm("monthly", "06:00", day="5")),
    ],
)
def test_other_ways_of_writing_are_understood(line: str, choice: Rhythm):
    assert Rhythm.of(line) == choice


@pytest.mark.parametrize(
    "line",
    ["*/5 * * * *", "0 6 1 1 *", "0 6 1 * mon", "0 6,18 * * *", "61 2 * * *", "1 24 * * *", "0 * 1 * *", "x"],
)
def test_what_cannot_be_chosen_stays_as_it_was_written(line: str):
    assert Rhythm.of(line) == Rhythm("own", line=line)
    assert Rhythm.of(line).cron == line


@pytest.mark.parametrize("choice", [Rhythm("daily"), Rhythm("weekly", "02:30"), Rhythm("monthly", "02:30")])
def test_what_was_left_out_is_no_line_of_cron(choice: Rhythm):
    assert "?" in choice.cron
