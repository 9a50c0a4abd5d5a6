"""The light of the past keeps its colours, whatever thresholds the portal is started with."""

from __future__ import annotations

from typing import Any

import pytest

from ckanext.roadmap import config
from ckanext.roadmap.tests.clock import RehearsalClock
from ckanext.roadmap.tests.country import act
from ckanext.roadmap.tests.logic.acting import publish


def light(**asked: Any) -> str:
    return act("roadmap_compliance_show", body="ministry-education", **asked)["total"]["light"]


def test_other_thresholds_hold_from_the_day_they_are_recorded(
    in_force: RehearsalClock, ckan_config: dict[str, Any], monkeypatch: pytest.MonkeyPatch
):
    known = act("roadmap_light_list")
    assert (known["green"], known["yellow"], known["thresholds"]) == (71, 55, [])
    in_force.set("2023-03-01T12:00")
    act("roadmap_ledger_extend")
    for month in ("04", "05", "06", "07", "08"):
        act("roadmap_ledger_extend")
        publish(in_force, f"2023-{month}-11T12:00", content=month[-1])
    in_force.set("2023-08-20T12:00")
    seen = light(), light(quarter="2023-Q2")
    monkeypatch.setitem(ckan_config, config.GREEN, 1)
    monkeypatch.setitem(ckan_config, config.YELLOW, 0)
    assert (light(), light(quarter="2023-Q2")) == seen
    in_force.set("2023-08-21T12:00")
    act("roadmap_ledger_extend")
    act("roadmap_ledger_extend")
    in_force.set("2023-08-22T12:00")
    assert light(quarter="2023-Q2") == seen[1]
    assert (light(as_of="2023-08-20"), light(as_of="2023-08-21T11:59")) == (seen[0], seen[0])
    assert light() == light(as_of="2023-08-21") != seen[0]
    told = act("roadmap_light_list")
    assert [(one["green"], one["yellow"]) for one in told["thresholds"]] == [(1, 0), (71, 55)]
    assert act("roadmap_light_list", as_of="2023-08-20")["green"] == 71
    assert act("roadmap_ledger_verify")["intact"]
