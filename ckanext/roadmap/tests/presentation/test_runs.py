"""How far a load has come."""

from __future__ import annotations

from typing import Any

from ckanext.roadmap.loading.apply import choice
from ckanext.roadmap.loading.apply.diff import Changes
from ckanext.roadmap.presentation.runs import CHOICES, STRATEGIES, progress

RUN: dict[str, Any] = {
    "outcome": None,
    "phase": "extract",
    "live_read_at": "2026-04-10T12:00:00+00:00",
    "progress_at": "2026-04-10T12:00:20+00:00",
    "rows_in": 400_000,
    "rows_expected": 1_000_000,
}


def test_rate_and_time_left_follow_from_what_was_read():
    assert progress(RUN) == {
        "rows": 400_000,
        "expected": 1_000_000,
        "percent": 40,
        "rate": 20_000,
        "left": 30,
    }


def test_the_first_load_has_a_rate_and_no_end_in_sight():
    found = progress({**RUN, "rows_expected": None})
    assert found == {"rows": 400_000, "expected": None, "percent": None, "rate": 20_000, "left": None}


def test_a_table_that_has_grown_is_never_past_its_end():
    found = progress({**RUN, "rows_expected": 300_000})
    assert found is not None
    assert (found["percent"], found["left"]) == (100, 0)


def test_nothing_is_told_of_what_has_ended_or_not_begun():
    assert progress({**RUN, "outcome": "applied"}) is None
    assert progress({**RUN, "phase": "apply"}) is None
    assert progress({**RUN, "rows_in": None}) is None


def test_every_choice_of_the_engine_has_words():
    found = [one for one in vars(choice).values() if isinstance(one, choice.Choice)]
    found += [choice.by_share(Changes(changed, 0, 0), 100) for changed in (0, 1, 90)]
    assert {one.code for one in found} == set(CHOICES)
    for one in found:
        assert "{" not in CHOICES[one.code].format(**one.params)
        assert str(one.strategy) in STRATEGIES
