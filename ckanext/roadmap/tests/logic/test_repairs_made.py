"""What "fix first" promises is what happens: each repair is really made, and the shares are counted again."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from ckan import model

from ckanext.roadmap.domain.region import REGIONS
from ckanext.roadmap.services import events, publications
from ckanext.roadmap.tests.clock import RehearsalClock
from ckanext.roadmap.tests.country import act

from . import recount, retold
from .test_recount import Owed, World

SHARES = ("published", "current", "kept")


def shares(world: World, obligation_id: str | None = None) -> dict[str, int]:
    """How many are met now; of *kept* those whose grace ends in the quarter, also ahead."""
    ledger, code = retold.Ledger(), f"{world.at.year}-Q{(world.at.month + 2) // 3}"
    spans = [one for one in ledger.obligation_term if obligation_id in (None, one.obligation_id)]
    first, after = recount.quarter_days(code)
    told = recount.told(ledger, spans, world.at, code)
    rows = [row for span in spans for row in ledger.show(span, world.at)]
    ends = [row for row in rows if row.status != "exempt" and first <= row.over < after]
    kept = sum(row.met_at is not None and row.met_at <= row.over for row in ends)
    return {"published": told["published"]["met"], "current": told["current"]["met"], "kept": kept}


def mend(world: World, owed: Owed) -> None:
    """A publication that lacks nothing, now, at every place; it is not committed."""
    session, dataset = model.Session(), f"mended {owed.obligation_id}"
    for place in owed.revision.places:
        publications.link(session, world.at, owed.obligation_id, dataset, None, "by", "chosen", place)
        events.record(
            session,
            world.at,
            obligation_ids=[owed.obligation_id],
            kind="changed",
            at=world.at,
            grade="measured",
            source="upload",
            dataset_id=dataset,
            content_hash="mended",
            columns=["amount", "code", "region"],
            regions=sorted(REGIONS),
            place=place,
        )


@pytest.mark.usefixtures("clean_db", "clean_index")
def test_each_repair_raises_what_was_told(rehearsal: RehearsalClock):
    world = World(rehearsal, seed=2)
    world.live(90)
    world.at = rehearsal.set((world.now + timedelta(hours=1)).isoformat())
    plan = act("roadmap_compliance_show", repairs=100)["fix_first"]
    told = {row["id"]: row["raises"] for row in plan["obligations"]}
    before = shares(world)
    assert before == {name: plan["now"][name]["met"] for name in SHARES}
    raised: dict[str, Any] = {}
    for owed in world.owed:
        mend(world, owed)
        after = shares(world)
        raised[owed.obligation_id] = {name: after[name] - before[name] for name in SHARES}
        model.Session.rollback()
    assert told == {id_: gain for id_, gain in raised.items() if sum(gain.values()) > 0}
    weights = [sum(raised[row["id"]].values()) for row in plan["obligations"]]
    assert weights == sorted(weights, reverse=True)
    assert len(set(weights)) > 1, "otherwise the order would say nothing"
    for owed in world.owed:
        if owed.obligation_id in told:
            mend(world, owed)
    assert shares(world) == {name: plan["after_all"][name]["met"] for name in SHARES}
    model.Session.rollback()
