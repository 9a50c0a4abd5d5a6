"""A quality contract from the mapping to the run, the dataset's page and the API."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from ckanext.roadmap import config
from ckanext.roadmap.services import clock
from ckanext.roadmap.tests.country import act

from .conftest import MAPPING, Chain

pytestmark = pytest.mark.usefixtures("with_plugins")
RULES = [
    {"rule": "codes", "column": "region", "list": "regions"},
    {"rule": "small_cells", "column": "pupils"},
]


def today() -> str:
    return clock.now().astimezone(config.timezone()).date().isoformat()


def test_results_are_kept_and_shown(chain: Chain, app: Any):
    chain.map(contract=RULES)
    (row,) = chain.harvest()["mappings"]
    run = act("roadmap_run_show", id=row["run"]["id"])
    assert [(one["rule"], one["passed"], one["figures"]) for one in run["contract"]["results"]] == [
        ("codes", True, {"wrong": 0}),
        ("small_cells", False, {"small": 4}),
    ]
    assert run["contract"]["day"] == today()
    assert [one["code"] for one in run["findings"]] == ["contract_warned"]
    (found,) = act("roadmap_contract_show", id="maktablar")["contracts"]
    assert (found["run"], found["passed"]) == (run["id"], False)
    for page in ("/en/dataset/maktablar", f"/en/compliance/run/{run['id']}"):
        text = app.get(page).body
        assert "Quality contract" in text
        assert "no counts from 1 to 4" in text
    (again,) = chain.harvest()["mappings"]
    assert again["outcome"] == "unchanged"
    assert act("roadmap_run_show", id=again["run"]["id"])["contract"] == run["contract"]


def test_a_broken_rule_holds_and_the_dataset_tells_of_what_is_public(chain: Chain, app: Any):
    chain.map(contract=RULES)
    chain.harvest()
    chain.sql("UPDATE schools SET region = '9999' WHERE id = 1")
    (row,) = chain.harvest()["mappings"]
    assert row["outcome"] == "held"
    (found,) = act("roadmap_contract_show", id="maktablar")["contracts"]
    assert found["results"][0]["passed"]
    text = app.get(f"/en/compliance/run/{row['run']['id']}").body
    assert "Rows with other values: 1." in text


def test_data_grow_old_though_nothing_changes(chain: Chain, monkeypatch: pytest.MonkeyPatch):
    chain.sql("ALTER TABLE schools ADD day date; UPDATE schools SET day = %s", today())
    columns = [*MAPPING["columns"], "day"]
    chain.map(columns=columns, contract=[{"rule": "fresh", "column": "day", "days": 30}])
    chain.harvest()
    assert act("roadmap_contract_show", id="maktablar")["contracts"][0]["passed"]
    later = clock.now() + timedelta(days=40)
    monkeypatch.setattr(clock, "now", lambda: later)
    (found,) = act("roadmap_contract_show", id="maktablar")["contracts"]
    assert (found["passed"], found["results"][0]["figures"]) == (False, {"newest": found["measured_on"]})


def test_without_rules_nothing_is_shown(chain: Chain, app: Any):
    chain.harvest()
    assert act("roadmap_contract_show", id="maktablar")["contracts"] == []
    assert "Quality contract" not in app.get("/en/dataset/maktablar").body
