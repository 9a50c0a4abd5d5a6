"""Every rule of a contract has words, and they find all that they name."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from ckanext.roadmap.presentation import contract
from ckanext.roadmap.sources.contract import RULES, rules_of

EXAMPLES: list[tuple[dict[str, Any], dict[str, Any], str]] = [
    ({"rule": "unique", "columns": ["a", "b"]}, {"double": 2}, "a, b: no two rows alike. Too many: 2."),
    ({"rule": "codes", "list": "regions"}, {"wrong": 1}, "a: codes of the fourteen regions. Rows with other values: 1."),
    ({"rule": "codes", "list": "districts"}, {"wrong": 1}, "a: codes of districts of the regions. Rows with other values: 1."),
    ({"rule": "codes", "list": "soato"}, {"wrong": 1}, "a: codes of regions, districts or places in them. Rows with other values: 1."),
    ({"rule": "codes", "values": ["x"]}, {"wrong": 1}, "a: values of the agreed list. Rows with other values: 1."),
    ({"rule": "range", "least": 0, "most": 9}, {"wrong": 1}, "a: numbers from 0 to 9. Rows with other values: 1."),
    ({"rule": "range", "least": 0, "most": None}, {"wrong": 1}, "a: numbers from 0 upwards. Rows with other values: 1."),
    ({"rule": "range", "least": None, "most": 9}, {"wrong": 1}, "a: numbers up to 9. Rows with other values: 1."),
    ({"rule": "complete", "share": 99}, {"empty": 1, "rows": 2}, "a: at least 99 % filled in. Empty: 1 of 2."),
    ({"rule": "fresh", "days": 30}, {"newest": None}, "a: at most 30 days old. Newest: –."),
    ({"rule": "small_cells", "below": 5}, {"small": 3}, "a: no counts from 1 to 4, which may point to people. Rows: 3."),
]  # fmt: skip


@pytest.mark.parametrize(("settings", "figures", "words"), EXAMPLES, ids=lambda one: str(one)[:40])
def test_words(settings: dict[str, Any], figures: dict[str, Any], words: str):
    (rule,) = rules_of([{"column": "a", "weight": "warn", **settings}])
    message = contract.words(rule.result(figures, date(2026, 4, 10)))
    assert message is not None
    assert message.singular.format(**message.params) == words


def test_every_rule_and_every_form_has_an_example():
    assert {settings["rule"] for settings, _figures, _words in EXAMPLES} == RULES.keys()
    assert len(EXAMPLES) == len(contract.RULES)


def test_states():
    assert contract.state({"passed": True, "weight": "hold"}) == "passed"
    assert contract.state({"passed": False, "weight": "warn"}) == "warn"
    assert contract.STATES.keys() == contract.STATE_ICONS.keys()


def test_a_rule_that_has_gone_has_no_words():
    assert contract.words({"rule": "gone", "settings": {}, "figures": {}, "columns": ["a"]}) is None
