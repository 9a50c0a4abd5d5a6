"""An officer watches a load of a slow source and ends it on its page; a worker of its own was at it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

import ckan.plugins.toolkit as tk
from ckan import model
from ckan.tests import factories

from ckanext.roadmap import config, jobs
from ckanext.roadmap.model.mapping import Mapping
from ckanext.roadmap.model.run import Run
from ckanext.roadmap.services import clock
from ckanext.roadmap.tests import postgres
from ckanext.roadmap.tests.acceptance.processes import Portal, wait_until
from ckanext.roadmap.tests.country import act
from ckanext.roadmap.tests.harvesters.conftest import Chain, chain  # noqa: F401

from .conftest import Reader

pytestmark = pytest.mark.usefixtures("with_plugins")
SHOTS = os.environ.get("ROADMAP_SHOTS")
ROWS = 20_000
MANY = (
    f"INSERT INTO schools SELECT n, n::text, '1703', repeat('x', 1000), n FROM generate_series(101, {ROWS}) n"
)
SLOW = (
    "ALTER TABLE schools RENAME TO slowly; CREATE VIEW schools AS SELECT id, code, region, name, "
    "CASE WHEN id % 20 > 0 OR pg_sleep(0.08) IS NOT NULL THEN pupils + 1 END AS pupils FROM slowly ORDER BY id;"
    "GRANT SELECT ON schools TO PUBLIC"
)
QUICK = "DROP VIEW schools; ALTER TABLE slowly RENAME TO schools"


@pytest.fixture
def mapping(
    chain: Chain,  # noqa: F811
    clock_file: Path,
    ckan_config: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Mapping]:
    """A table that was loaded once, at the portal's day; from now on its source is slow."""
    monkeypatch.setitem(ckan_config, "ckanext.roadmap.files_path", "")
    chain.sql(MANY)
    chain.harvest()
    chain.sql(SLOW)
    found = model.Session.scalars(Mapping.by_name("schools")).one()
    before = clock_file.read_text()
    clock_file.write_text(clock.now().isoformat())
    yield found
    clock_file.write_text(before)
    shutil.rmtree(config.files_folder() / found.resource_id, ignore_errors=True)


@pytest.fixture
def worker(tmp_path: Path, test_ini: Path) -> Iterator[Portal]:
    """One that loads."""
    started = Portal(tmp_path, test_ini, 0)
    try:
        started.start("worker", "jobs", "worker", jobs.FAST)
        yield started
    finally:
        started.stop()


@pytest.fixture
def test_ini(request: pytest.FixtureRequest) -> Path:
    return Path(request.config.getoption("ckan_ini")).resolve()


def newest() -> Run:
    model.Session.rollback()
    return model.Session.scalars(Run.newest().order_by(None).order_by(Run.started_at.desc())).first()  # type: ignore[return-value]


def state(mapping: Mapping) -> dict[str, Any]:
    """All that readers are given: rows, as they stand in the table, and files."""
    table = f'SELECT count(*), sum(pupils), max(xmin::text::bigint) FROM "{mapping.resource_id}"'  # noqa: S608
    home = config.files_folder() / mapping.resource_id
    return {
        "rows": postgres.rows(tk.config["ckan.datastore.read_url"], table),
        "files": {str(path.relative_to(home)): path.stat().st_mtime_ns for path in home.rglob("*")},
    }


def shoot(page: Page, name: str) -> None:
    if SHOTS:
        page.screenshot(path=Path(SHOTS) / f"{name}.png", full_page=True)


@pytest.mark.parametrize("lang", ["uz", "ru"] if SHOTS else ["uz"])
def test_an_officer_ends_a_load_on_its_page(
    mapping: Mapping,
    chain: Chain,  # noqa: F811
    worker: Portal,
    reader: Reader,
    lang: str,  # noqa: F811
):
    before = state(mapping)
    act("roadmap_load_enqueue", name="schools")
    wait_until(
        lambda: newest().phase == "extract" and newest().rows_in, 60, f"it reads no rows\n{worker.logs()}"
    )
    run, reader.lang = newest().id, lang
    page = reader.visit(f"/compliance/run/{run}")
    assert page.locator("#run-state button").count() == 0, "a reader may watch, and no more"
    officer = factories.UserWithToken()
    act("organization_member_create", id="ministry-education", username=officer["name"], role="editor")
    page.set_extra_http_headers({"Authorization": officer["token"]})
    page = reader.visit(f"/compliance/run/{run}")
    bar = page.locator("#run-state progress")
    seen = int(bar.get_attribute("value") or 0)
    page.wait_for_function("seen => document.querySelector('#run-state progress').value > seen", arg=seen)
    shoot(page, f"cancel-{lang}-1-runs")
    page.locator("#run-state form button").click()
    page.wait_for_selector(".alert-success")
    shoot(page, f"cancel-{lang}-2-asked")
    expect(page.locator(".roadmap-outcome-cancelled")).to_be_visible()  # the page has asked by itself
    expect(page.locator("#run-state form")).to_have_count(0)
    reader.check()
    shoot(page, f"cancel-{lang}-3-ended")
    ended = newest()
    assert (ended.id, ended.state, ended.outcome, ended.error) == (run, "finished", "cancelled", None)
    assert ended.cancelled_by == officer["id"]
    assert state(mapping) == before
    staged = "SELECT tablename FROM pg_tables WHERE schemaname = 'roadmap_staging'"
    assert postgres.rows(tk.config["ckan.datastore.write_url"], staged) == []
    asleep = "SELECT count(*) FROM pg_stat_activity WHERE query LIKE %s AND state = 'active'"
    assert chain.sql(asleep, "COPY%schools%")[0][0] == 0, "the source is let go too"
    the_next_load_is_not_harmed(mapping, chain)


def the_next_load_is_not_harmed(mapping: Mapping, chain: Chain) -> None:  # noqa: F811
    chain.sql(QUICK)
    chain.sql("UPDATE schools SET pupils = 0 WHERE id <= 14")
    act("roadmap_load_enqueue", name="schools")
    wait_until(
        lambda: newest().outcome == "applied" and newest().rows_updated == 14, 60, "the worker is stuck"
    )
    assert len(list((config.files_folder() / mapping.resource_id).glob(".*"))) == 0
