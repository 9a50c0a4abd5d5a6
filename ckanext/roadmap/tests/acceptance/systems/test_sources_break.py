"""What goes wrong at a ministry ends in a load that says so, with a remedy; the rows from before are served."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import expect

from ckanext.roadmap.tests.acceptance.processes import traces

from . import walk
from .agent import UNREAD, Agent
from .base import SECRET, WRONG, Source
from .conftest import Town

FAULTS = (
    "wrong password", "dropped column", "renamed table", "slow source", "page of HTML", "zip bomb",
    "packed answer that is a bomb", "workbook that is a bomb", "redirect to an inner address",
    "ten times the rows", "no rows",
)  # fmt: skip
REDIRECTED = "169.254.169.254"


@pytest.fixture(scope="module")
def live(town: Town) -> Town:
    """Every system is live; most often because its own test has been there."""
    for source in town.sources.values():
        if not walk.runs(town, source):
            walk.whole(town, source)
    return town


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_told_and_the_old_rows_are_served(live: Town, fault: str):
    broken = [source for source in live.sources.values() if fault in source.faults()]
    assert broken
    known = {source.name: len(walk.runs(live, source)) for source in broken}
    live.tick()
    live.citizen.careful = False
    try:
        for source in broken:
            source.faults()[fault][0]()
            read(live, source, fault)
        for source in broken:
            told(live, source, fault, known[source.name])
    finally:
        for source in broken:
            source.mend()


def read(town: Town, source: Source, fault: str) -> None:
    """The portal reads, or the agent pushes."""
    if isinstance(source, Agent):
        source.run(UNREAD if fault in source.own_faults else 0)
    else:
        town.coordinator.api("roadmap_harvest_start", connection=source.name)


def told(town: Town, source: Source, fault: str, known: int) -> None:
    """The newest load tells what is wrong, also where it went wrong before an agent; the rows are the old ones."""
    run = walk.ended(town, source, known + 1)
    found = [one for one in (run["error"], *(run["findings"] or [])) if one]
    code = source.faults()[fault][1]
    outcome = "held" if code.startswith("row") else "failed"
    assert (run["outcome"], code in {one["code"] for one in found}) == (outcome, True), (source.name, run)
    look(town, source, fault, run)
    assert walk.served(town, source) == source.sheet.named()


def look(town: Town, source: Source, fault: str, run: dict[str, Any]) -> None:
    """The page of the load, as a citizen reads it in either language."""
    words = run["error"]["message"] if run["error"] else run["findings"][0]["message"]
    for town.citizen.lang in ("uz", "ru"):
        page = town.citizen.go(f"/compliance/run/{run['id']}")
        expect(page.locator(".roadmap-error strong, .roadmap-findings .roadmap-sub").first).to_be_visible()
        text = page.content()
        assert words not in text
        assert not [secret for secret in (SECRET, WRONG, REDIRECTED) if secret in text]
        town.citizen.shoot(f"fault-{fault.replace(' ', '-')}-{source.name}")


def test_nothing_gives_a_secret_away(live: Town):
    secrets = (SECRET, WRONG, (live.sources["agent-kindergartens"].folder / "token").read_text())
    places = traces(live.portal)
    assert [
        (place, number) for place, text in places.items() for number, one in enumerate(secrets) if one in text
    ] == []
