"""The chain end to end, real servers only: a ministry's database, harvest, DataStore, compliance page.

One test walks the whole way, because each step stands on the one before it; the steps are functions.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import redis
import sqlalchemy as sa
from playwright.sync_api import Page, sync_playwright

import ckan.plugins.toolkit as tk

from ckanext.roadmap.tests.acceptance.ministry import PASSWORD, Ministry
from ckanext.roadmap.tests.acceptance.processes import Portal, running, traces, wait_until
from ckanext.roadmap.tests.clock import RehearsalClock

HERE = Path(__file__).parent
ROWS = 1411
CHROMIUM = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
]


@pytest.fixture
def ministry(shared_data: Path) -> Iterator[Ministry]:
    """The ministry's database with 1,411 schools."""
    database = Ministry(tk.config["sqlalchemy.url"], shared_data / "ministries" / "schools.csv")
    yield database
    database.drop()


@pytest.fixture
def portal(
    clean_db: None, clean_index: None, tmp_path: Path, ministry: Ministry, clock: RehearsalClock
) -> Iterator[Portal]:
    """A portal with its workers, which know the ministry's connection by name."""
    options = {
        "ckanext.roadmap.rehearsal_clock": clock.path,
        "ckanext.roadmap.connection.education.url": ministry.url,
    }
    with running(tmp_path, options) as one:
        yield one


@pytest.fixture
def clock(tmp_path: Path) -> RehearsalClock:
    """The clock that all of the portal's processes go by."""
    return RehearsalClock(tmp_path / "clock")


@pytest.fixture
def browser_page() -> Iterator[Page]:
    """A page of Chromium."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=CHROMIUM)
        yield browser.new_page(locale="en")
        browser.close()


def harvest(portal: Portal, *, fails: bool = False) -> str:
    return portal.command("roadmap", "harvest", "now", "education", "--wait", "120", fails=fails)


def item(portal: Portal) -> dict[str, Any]:
    return portal.api("roadmap_compliance_show", item="E-01")


def statuses(portal: Portal) -> dict[str, str]:
    return {row["period"]["code"]: row["status"] for row in item(portal)["deadlines"]}


def newest_run(portal: Portal) -> dict[str, Any]:
    return portal.api("roadmap_run_list", limit=1)["results"][0]


def resource_id(portal: Portal) -> str:
    return portal.api("package_show", id="umumtalim-maktablari")["resources"][0]["id"]


def served(portal: Portal) -> int:
    return portal.api("datastore_search", resource_id=resource_id(portal), limit=1)["total"]


def load_waits() -> bool:
    queue = f"rq:queue:ckan:{tk.config['ckan.site_id']}:roadmap-fast"
    return redis.Redis.from_url(tk.config["ckan.redis.url"]).llen(queue) > 0


def written(portal: Portal) -> tuple[Any, ...]:
    """What any write to the published table would change."""
    engine = sa.create_engine(tk.config["ckan.datastore.write_url"])
    with engine.connect() as connection:
        query = f"SELECT max(xmin::text::bigint), count(*), '\"{resource_id(portal)}\"'::regclass::oid"
        return tuple(connection.execute(sa.text(f'{query} FROM "{resource_id(portal)}"')).one())


def test_the_chain(
    portal: Portal, ministry: Ministry, clock: RehearsalClock, shared_data: Path, browser_page: Page
):
    approve_the_list(portal, clock, shared_data)
    publish_on_time(portal, clock)
    look_at_the_page(portal, browser_page)
    change_fourteen_rows(portal, ministry, clock)
    harvest_unchanged(portal, clock)
    drop_a_needed_column(portal, ministry, clock, browser_page)
    kill_the_worker(portal, ministry, clock)
    nothing_gives_the_secret_away(portal, browser_page)


def approve_the_list(portal: Portal, clock: RehearsalClock, shared_data: Path) -> None:
    clock.set("2023-01-20T12:00")
    bodies, successions = shared_data / "bodies.csv", shared_data / "successions.csv"
    portal.command("roadmap", "body", "import", str(bodies), "--successions", str(successions))
    again = portal.command("roadmap", "body", "import", str(bodies), "--successions", str(successions))
    assert "0 created, 0 updated, 16 unchanged" in again
    portal.command("roadmap", "list", "import", str(shared_data / "approved-list-2023.csv"), "--year", "2023")
    portal.command("roadmap", "list", "approve", "2023", "--decision", "12", "--date", "2023-01-20")
    shown = portal.api("roadmap_item_show", code="F-02")
    assert shown["bodies"] == ["ministry-economy-finance", "tax-committee", "customs-committee"]


def publish_on_time(portal: Portal, clock: RehearsalClock) -> None:
    clock.set("2023-04-10T12:00")
    portal.command("roadmap", "mapping", "import", str(HERE / "mapping.yaml"))
    assert f"applied ({ROWS} rows" in harvest(portal)
    found = portal.api("package_search", q="maktablari")
    assert [one["name"] for one in found["results"]] == ["umumtalim-maktablari"]
    dataset = found["results"][0]
    assert dataset["organization"]["name"] == "ministry-preschool-school-education"
    assert dataset["item_code"] == "E-01"
    answer = portal.api("datastore_search", resource_id=resource_id(portal), limit=5)
    assert answer["total"] == ROWS
    types = {field["id"]: field["type"] for field in answer["fields"]}
    assert (types["parent_code"], types["inn"], types["sigimi"]) == ("text", "text", "int4")
    others_are_told_by_the_clock(portal)


def others_are_told_by_the_clock(portal: Portal) -> None:
    """On 10 April nothing else is published; what fell due in March is in grace or missed, the rest is open."""
    shown = portal.api("roadmap_compliance_show")
    assert shown["total"]["statuses"]["on_time"] == 1
    for body in shown["bodies"]:
        for row in portal.api("roadmap_compliance_show", body=body["name"], limit=5000)["deadlines"]:
            if row["item"]["code"] == "E-01" and row["period"]["code"] == "2023-Q1":
                assert row["status"] == "on_time"
                continue
            now, last = "2023-04-10", row["period"]["last"]
            open_ = last >= now
            assert (row["status"] == "awaiting") == open_, row
            if not open_:
                expected = (
                    "due"
                    if now <= row["due_at"][:10]
                    else "in_grace"
                    if now <= row["grace_until"][:10]
                    else "not_published"
                )
                assert row["status"] == expected, row


def look_at_the_page(portal: Portal, page: Page) -> None:
    page.goto(f"{portal.url}/en/compliance/item/E-01")
    row = page.locator("tr", has_text="Q1 2023").first
    assert "On time" in row.inner_text()
    row.locator("a[href*='/dataset/umumtalim-maktablari']").first.click()
    assert "umumtalim-maktablari" in page.url
    page.goto(f"{portal.url}/en/compliance")
    assert "Ministry of Preschool and School Education" in page.locator("#table-bodies").inner_text()


def change_fourteen_rows(portal: Portal, ministry: Ministry, clock: RehearsalClock) -> None:
    clock.set("2023-04-11T12:00")
    ids = "SELECT id FROM schools_table ORDER BY id LIMIT 14"
    assert ministry.execute(f"UPDATE schools_table SET sigimi = sigimi + 1 WHERE id IN ({ids})") == 14
    assert "14 changed" in harvest(portal)
    run = newest_run(portal)
    assert (run["outcome"], run["rows_updated"], run["rows_inserted"], run["rows_deleted"]) == (
        "applied",
        14,
        0,
        0,
    )
    assert statuses(portal) == {"2023-Q1": "on_time", "2023-Q2": "awaiting"}


def harvest_unchanged(portal: Portal, clock: RehearsalClock) -> None:
    before = written(portal)
    clock.set("2023-07-05T12:00")
    assert statuses(portal)["2023-Q2"] == "due"
    assert "unchanged" in harvest(portal)
    assert newest_run(portal)["outcome"] == "unchanged"
    assert written(portal) == before
    assert statuses(portal) == {"2023-Q1": "on_time", "2023-Q2": "on_time", "2023-Q3": "awaiting"}
    clock.set("2023-07-06T12:00")
    harvest(portal)
    assert statuses(portal)["2023-Q3"] == "awaiting"
    met = next(row for row in item(portal)["deadlines"] if row["period"]["code"] == "2023-Q2")
    assert met["met_at"].startswith("2023-07-05")


def drop_a_needed_column(portal: Portal, ministry: Ministry, clock: RehearsalClock, page: Page) -> None:
    clock.set("2023-10-05T12:00")
    before = written(portal)
    ministry.show(
        "id, parent_code, code, viloyat, tuman, obekt_nomi, inn, smena, umumiy_uquvchi, qurilish_yili"
    )
    printed = harvest(portal, fails=True)
    assert "sigimi" in printed
    assert served(portal) == ROWS
    assert written(portal) == before
    assert statuses(portal)["2023-Q3"] == "due"
    clock.set("2023-12-20T12:00")
    assert statuses(portal)["2023-Q3"] in ("overdue", "delinquent")
    run = newest_run(portal)
    assert run["outcome"] == "failed"
    page.goto(f"{portal.url}/en/compliance/run/{run['id']}")
    told = page.locator("main, #content").first.inner_text()
    assert "sigimi" in told
    assert run["error"]["remedy"] in told


def kill_the_worker(portal: Portal, ministry: Ministry, clock: RehearsalClock) -> None:
    clock.set("2024-01-05T12:00")
    ministry.execute("UPDATE schools_table SET sigimi = sigimi + 1 WHERE id = '12457'")
    ministry.show()
    before = written(portal)
    portal.kill("roadmap-fast")  # so that the source is quick for the probe, and slow for the load alone
    portal.command("roadmap", "harvest", "now", "education")
    wait_until(load_waits, 60, "no load was asked for")
    slow = "(parent_code || coalesce(pg_sleep(0.05)::text, '')) AS parent_code"
    ministry.show(
        f"{slow}, id, code, viloyat, tuman, obekt_nomi, inn, smena, sigimi, umumiy_uquvchi, qurilish_yili"
    )
    portal.start("roadmap-fast", "jobs", "worker", "roadmap-fast")
    wait_until(lambda: newest_run(portal)["state"] == "running", 60, "no run began")
    wait_until(lambda: newest_run(portal)["phase"] in ("extract", "stage"), 30, "the run does not read")
    portal.kill("roadmap-fast")
    assert (served(portal), written(portal)) == (ROWS, before)
    assert statuses(portal)["2023-Q4"] == "due"
    ministry.show()
    portal.start("roadmap-fast", "jobs", "worker", "roadmap-fast")
    harvest(portal)
    # the harvest worker may have asked for the dead load again by itself before this harvest did
    since = [
        one
        for one in portal.api("roadmap_run_list", limit=20)["results"]
        if one["started_at"] >= "2024-01-05"
    ]
    assert [one["rows_changed"] for one in since if one["outcome"] == "applied"] == [1]
    assert since[0]["outcome"] in ("applied", "unchanged")
    assert not [
        one for one in portal.api("roadmap_run_list", limit=20)["results"] if one["state"] == "running"
    ]
    assert statuses(portal)["2023-Q4"] == "on_time"
    assert served(portal) == ROWS


def nothing_gives_the_secret_away(portal: Portal, page: Page) -> None:
    places = traces(portal)
    for path in (
        "/compliance",
        "/compliance/item/E-01",
        f"/compliance/run/{newest_run(portal)['id']}",
    ):
        page.goto(f"{portal.url}/en{path}")
        places[path] = page.content()
    assert [place for place, text in places.items() if PASSWORD in text] == []
