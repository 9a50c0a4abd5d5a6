"""The steps from the register to the live system, as people do them in the browser."""

from __future__ import annotations

import csv
import io
import re
from typing import Any

import requests
from playwright.sync_api import expect

from ckanext.roadmap.tests.acceptance.processes import wait_until

from .agent import Agent
from .base import BODY, Source
from .conftest import Town

DAY = "2023-04-10"
WAIT = 60


def whole(town: Town, source: Source) -> None:
    """The whole way."""
    obligation(town, source, "due")
    code = register(town, source)
    connect(town, source, code)
    map_table(town, source, code)
    agree(town, source, code)
    loaded = decide(town, source, read_first(town, source, code))
    assert (loaded["outcome"], loaded["rows_in"]) == ("applied", len(source.sheet.rows))
    compare(town, source)
    step(town, code, "live")
    town.coordinator.shoot(f"{source.name}-10-live")
    obligation(town, source, "on_time")


def register(town: Town, source: Source) -> str:
    """The ministry's officer declares the system; gives its code."""
    officer = town.officer
    officer.go(f"/systems/body/{BODY}")
    uz, ru = source.title
    officer.act(
        "system", title_uz=uz, title_ru=ru, items=source.item, dbms=source.dbms, network=source.network,
        personal_data="none", contact_email="it@edu.example",
    )  # fmt: skip
    expect(officer.page.locator("h1")).to_contain_text("IS-")
    code = re.search(r"IS-\d{4}", officer.page.locator("h1").inner_text())
    assert code
    officer.shoot(f"{source.name}-1-declared")
    return code[0]


def connect(town: Town, source: Source, code: str) -> None:
    """The coordinator names the connection that the operator has written down."""
    one = town.coordinator
    one.go(f"/systems/{code}")
    expect(one.page.locator("#mapped")).to_be_visible()
    one.act("system", connection=source.name)
    expect(one.page.locator("dd", has_text=source.name).first).to_be_visible()
    one.shoot(f"{source.name}-2-connection")


def agree(town: Town, source: Source, code: str) -> None:
    """The coordinator issues the guide, which names each column; agreement and test are recorded."""
    one = town.coordinator
    one.go(f"/systems/{code}/guide")
    one.act("issue", reached=DAY, act="12-son, 10.04.2023")
    expect(one.page.locator(".roadmap-act")).to_have_count(0)
    town.officer.go(f"/systems/{code}")
    town.officer.shoot(f"{source.name}-3-system")
    town.officer.page.locator(f"a[href$='/systems/{code}/guide']").click()
    for name in source.sheet.header:
        expect(town.officer.page.locator(".roadmap-guide td", has_text=name).first).to_be_visible()
    town.officer.shoot(f"{source.name}-3-guide")
    for stage in ("agreement", "test"):
        step(town, code, stage)


def step(town: Town, code: str, stage: str) -> None:
    """The coordinator records a stage."""
    one = town.coordinator
    one.go(f"/systems/{code}")
    one.act("step", stage=stage, reached=DAY, act="12-son, 10.04.2023")
    expect(one.page.locator(f".roadmap-verdict .roadmap-stage-{stage}")).to_be_visible()


def map_table(town: Town, source: Source, code: str) -> None:
    """The coordinator writes the mapping, looks at what is at the source, and saves it."""
    one = town.coordinator
    one.go(f"/systems/{code}")
    one.page.locator("#mapped ~ a, .roadmap-head:has(#mapped) a").click()
    one.page.locator("a[href*='as=text']").click()
    field = one.page.locator("[name=definition]")
    expect(field).to_have_value(re.compile(f"connection: {source.name}\n.*item: {source.item}\n", re.S))
    field.fill(source.mapping())
    one.page.locator("[value=check]").click()
    expect(one.page.locator("#look-title")).to_be_visible(timeout=30000)
    one.shoot(f"{source.name}-4-check")
    if not isinstance(source, Agent):  # what an agent brings can be looked at once it has brought it
        expect(one.page.locator("#table-look tbody tr")).to_have_count(len(source.sheet.header))
    one.page.locator("[value=save]").click()
    expect(one.page.locator("#loads")).to_be_visible()
    one.shoot(f"{source.name}-5-mapping")


def read_first(town: Town, source: Source, code: str) -> dict[str, Any]:
    """The first reading is begun: on the page of the mapping, or by the agent with its token."""
    one = town.coordinator
    town.tick()
    one.go(f"/mappings/{source.name}")
    if isinstance(source, Agent):
        one.go(f"/systems/{code}/agent")
        one.act("token", note="Server 7")
        source.configure(town.portal.url, one.page.locator("#issued ~ pre").inner_text().strip())
        source.run()
    else:
        one.act("read")
        expect(one.page.locator(".alert-success")).to_be_visible()
    return ended(town, source, 1)


def decide(town: Town, source: Source, run: dict[str, Any]) -> dict[str, Any]:
    """Who has to look at the columns and at the personal data does so, and approves."""
    assert run["outcome"] == "held", run
    town.tick()
    sides = {"owner": town.officer, "portal": town.coordinator}
    for side in sorted(run["holding"]["missing"]):
        person = sides[side]
        person.go("/compliance/held")
        person.page.locator("#table-held tbody tr", has_text=source.name).locator("a").first.click()
        expect(person.page.locator(".roadmap-findings")).to_be_visible()
        person.shoot(f"{source.name}-6-held-{side}")
        person.act("approve", reason="12-son buyruqqa muvofiq")
        expect(person.page.locator(".alert-success")).to_be_visible()
    return ended(town, source, 2)


def compare(town: Town, source: Source) -> None:
    """From the page of the mapping to the dataset's page and to its rows: they are the ministry's, cell by cell."""
    one = town.citizen
    town.coordinator.go(f"/mappings/{source.name}")
    town.coordinator.shoot(f"{source.name}-7-loaded")
    address = town.coordinator.page.locator("dd a[href*='/dataset/']").get_attribute("href")
    assert address
    one.go(re.sub(r"^.*(?=/dataset/)", "", address))
    expect(one.page.locator("h1").first).to_contain_text(source.title[0 if one.lang == "uz" else 1])
    one.shoot(f"{source.name}-8-dataset")
    one.page.locator(".resource-list a.heading").first.click()
    table = one.page.frame_locator(".resource-view iframe").locator("table.dataTable tbody tr")
    expect(table.first).to_be_visible(timeout=20000)
    one.careful = False  # the table itself is CKAN's
    one.shoot(f"{source.name}-9-resource")
    assert served(town, source) == source.sheet.named()


def obligation(town: Town, source: Source, status: str) -> None:
    """What every citizen sees of the obligation."""
    page = town.citizen.go(f"/compliance/item/{source.item}")
    row = page.locator("#table-deadlines tbody tr, .roadmap-table tbody tr").filter(
        has=page.locator(f".roadmap-status-{status}")
    )
    expect(row.first).to_be_visible()
    town.citizen.shoot(f"{source.name}-item-{status}")


def served(town: Town, source: Source) -> dict[str, dict[str, str]]:
    """The rows that the portal serves, by key."""
    resource = town.portal.api("package_show", id=f"data-{source.name}")["resources"][0]["id"]
    answer = requests.get(f"{town.portal.url}/roadmap/file/{resource}.csv", timeout=60)
    answer.raise_for_status()
    rows = csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"), newline=""))
    return {row["id"]: dict(row) for row in rows}


def runs(town: Town, source: Source) -> list[dict[str, Any]]:
    """The loads of a mapping, newest first."""
    return town.portal.api("roadmap_run_list", mapping=source.name, limit=50)["results"]


def ended(town: Town, source: Source, count: int) -> dict[str, Any]:
    """The newest load, once there are so many and all have ended."""

    def found() -> dict[str, Any] | None:
        rows = runs(town, source)
        return rows[0] if len(rows) >= count and all(row["state"] == "finished" for row in rows) else None

    run = wait_until(found, WAIT, f"{source.name} has no {count} loads: {town.portal.logs()[-3000:]}")
    return town.portal.api("roadmap_run_show", id=run["id"])
