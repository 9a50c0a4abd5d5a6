"""The made-up country of the benchmark is a true one: its chains hold, and its results are the rule's."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ckan import model

from ckanext.roadmap.services import compliance, country, ledger, making, overview, rebuild
from ckanext.roadmap.services.compliance import Scope

from benchmarks import synthetic, yardstick

pytestmark = pytest.mark.usefixtures("clean_db")


def test_a_small_one(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(synthetic, "OWED", 6)
    connection = model.meta.engine.raw_connection()
    made = synthetic.Country(connection.driver_connection, items=12)
    made.write_list()
    made.write_bodies(1)
    made.write_bodies(1)
    assert yardstick.parse(connection.driver_connection) > 0
    connection.close()
    assert not any(ledger.verify(model.Session()).values())
    at = synthetic.NOW
    scope = Scope(at, synthetic.TZ, compliance.quarter_at(at, synthetic.TZ), (71, 55), quarters=2)
    country.refresh(model.Session(), at, synthetic.TZ)
    for quarter in (
        scope.quarter,
        compliance.quarter_at(synthetic.APPROVED.replace(year=2023), synthetic.TZ),
    ):
        asked = replace(scope, quarter=quarter)
        told = country.load(model.Session(), asked, is_now=True)
        assert len(told.bodies) == 2
        assessed = compliance.assess_all(model.Session(), asked)
        by_rule = sum((overview.measure(one, asked) for one in assessed), overview.none(asked))
        assert told.whole.now.kept == by_rule.now.kept
        assert told.whole.now.automatic == by_rule.now.automatic
        assert told.whole.now.obligations == 12
        assert told.whole.now.late.median(at) == by_rule.now.late.median(at)
        assert +told.whole.statuses == +by_rule.statuses
        assert told.whole.refresh[-1].refreshed == by_rule.refresh[-1].refreshed > 0
    monkeypatch.setattr(making, "_hands", lambda _obligations: 2)
    made = rebuild.rebuild(model.Session(), at, synthetic.TZ)
    assert (made.obligations, made.differing) == (12, 0)
