"""When a rule of a contract holds, by its figures and the day."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ckanext.roadmap.domain.region import REGIONS, region_of
from ckanext.roadmap.sources.contract import contract_digest, judged, rules_of
from ckanext.roadmap.sources.contract.codes import pattern
from ckanext.roadmap.sources.contract.fresh import last_day

TODAY = date(2026, 4, 10)


def holds(figures: dict[str, Any], **settings: Any) -> bool:
    (rule,) = rules_of([{"weight": "hold", "column": "a", **settings}])
    return rule.result(figures, TODAY)["passed"]


@pytest.mark.parametrize(
    ("rule", "figure"),
    [("unique", "double"), ("codes", "wrong"), ("range", "wrong"), ("small_cells", "small")],
)
def test_one_row_is_enough_to_break_it(rule: str, figure: str):
    assert holds({figure: 0}, rule=rule, columns=["a"])
    assert not holds({figure: 1}, rule=rule, columns=["a"])


@pytest.mark.parametrize(
    ("empty", "rows", "share", "kept"),
    [(0, 10, 100, True), (1, 10, 100, False), (1, 10, 90, True), (2, 10, 90, False), (0, 0, 100, True)],
)
def test_completeness(empty: int, rows: int, share: float, kept: bool):
    assert holds({"empty": empty, "rows": rows}, rule="complete", share=share) is kept


@pytest.mark.parametrize(
    ("newest", "kept"),
    [
        ("2026-03-11", True), ("2026-03-10", False), ("2026-03", True), ("2026-02", False),
        ("2026", True), ("2025", False), (None, False), ("2026-02-30", False), ("0000", False),
        ("2026-04-10", True), ("2026-04-11", False), ("2206-04-01", False),
        ("2026-04", True), ("2026-05", False), ("2027", False),
    ],
)  # fmt: skip
def test_freshness(newest: str | None, kept: bool):
    assert holds({"newest": newest}, rule="fresh", days=30) is kept


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2100, 1, 1)))
def test_a_month_and_a_year_end_on_their_last_day(day: date):
    month, year = last_day(f"{day:%Y-%m}"), last_day(f"{day:%Y}")
    assert last_day(day.isoformat()) == day
    assert month is not None and year is not None  # noqa: PT018 - for the types
    assert day <= month <= year
    assert (month + timedelta(1)).day == 1
    assert (year + timedelta(1)).replace(day=1, month=1) == year + timedelta(1)


@given(st.sampled_from(sorted(REGIONS | {"1700", "0000"})), st.text("0123456789a", max_size=8))
def test_the_pattern_of_codes_is_the_rule_of_regions(region: str, rest: str):
    code = region + rest
    assert bool(re.match(pattern("soato"), code)) == (region_of(code) is not None)
    assert bool(re.match(pattern("regions"), code)) == (code in REGIONS)
    assert bool(re.match(pattern("districts"), code)) == (region_of(code) is not None and len(code) == 7)


def test_results_are_judged_anew_by_a_later_day():
    rules = rules_of(
        [
            {"rule": "fresh", "column": "a", "days": 30, "weight": "warn"},
            {"rule": "unique", "columns": ["a", "b"], "weight": "hold"},
            {"rule": "codes", "column": "a", "values": ["x"], "weight": "hold"},
        ]
    )
    figures = [{"newest": "2026-04-01"}, {"double": 0}, {"wrong": 2}]
    kept = [rule.result(found, TODAY) for rule, found in zip(rules, figures, strict=True)]
    assert [one["passed"] for one in kept] == [True, True, False]
    assert judged(kept, TODAY) == kept
    later = judged(kept, TODAY + timedelta(days=60))
    assert [one["passed"] for one in later] == [False, True, False]
    assert later[1:] == kept[1:]


def test_lists_of_values_stay_in_the_mapping():
    (rule,) = rules_of([{"rule": "codes", "column": "a", "values": ["secret"], "weight": "hold"}])
    assert "secret" not in repr(rule.result({"wrong": 1}, TODAY))


def test_a_rule_that_has_gone_keeps_its_result():
    old = {"rule": "gone", "columns": ["a"], "weight": "hold", "settings": {}, "figures": {}, "passed": True}
    assert judged([old], TODAY) == [old]


def test_the_digest_names_the_rules():
    one, other = {"rule": "complete", "column": "a"}, {"rule": "complete", "column": "b"}
    assert contract_digest([]) == ""
    assert contract_digest([one]) == contract_digest([dict(reversed(one.items()))])
    assert contract_digest([one]) != contract_digest([other])
