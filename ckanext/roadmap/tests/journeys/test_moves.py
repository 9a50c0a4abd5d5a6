"""The move of another portal as a coordinator sees it, clean by axe: not read, full, decided; and a moved dataset."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from ckan import model
from ckan.lib.redis import connect_to_redis

from ckanext.roadmap.harvesters import consumer
from ckanext.roadmap.model import MovedDataset
from ckanext.roadmap.sources.api import client
from ckanext.roadmap.tests import egov
from ckanext.roadmap.tests.egov import dataset, texts
from ckanext.roadmap.tests.harvesters.test_portal import NAME, harvest
from ckanext.roadmap.tests.journeys.test_acts import log_in, person
from ckanext.roadmap.tests.journeys.test_links import shoot

pytestmark = pytest.mark.usefixtures("with_plugins", "told")
PINFL = "31203850010029"


@pytest.fixture
def old(told, ckan_config, monkeypatch, tmp_path) -> Iterator[egov.Portal]:
    """The old portal, where nearly everything is wrong with something."""
    connect_to_redis().flushdb()
    monkeypatch.setattr(consumer, "POLL", 0.2)
    monkeypatch.setattr(client, "PAUSES", (0.0,))
    options = {
        "files_path": str(tmp_path), "http.allowed_networks": ["127.0.0.1/32"], "portal.questions_per_second": 1000,
    }  # fmt: skip
    for name, value in options.items():
        monkeypatch.setitem(ckan_config, f"ckanext.roadmap.{name}", value)
    with egov.serving(7) as portal:
        monkeypatch.setenv("CKANEXT__ROADMAP__CONNECTION__OLD_PORTAL__URL", portal.url)
        centre = texts("Ta'lim vazirligining markazi", "", "Центр министерства образования", "")
        portal.datasets[1] = dataset(2, status=2, brandNew=True, sphereName=texts("Kosmos", "", "Космос", ""))
        portal.datasets[2] = dataset(3, userOrgId="o9", orgName=centre)
        portal.datasets[3] = dataset(4, status=3)
        for row in portal.rows[dataset(5)["structId"]]:
            row["tableColumn"]["JSHSHIR"] = egov.cell(default=PINFL)
        portal.rows[dataset(6)["structId"]] = []
        yield portal


def test_from_the_report_to_the_moved_dataset(reader, old):
    log_in(reader, person("statistics-agency", "member"))
    for reader.lang in ("uz", "ru"):
        reader.visit("/moves")
        shoot(reader, "moves-none")
        expect(reader.visit(f"/moves/{NAME}").locator(".roadmap-empty")).to_be_visible()
        shoot(reader, "move-none")
    harvest()
    old.datasets.pop()
    old.faults = {"OrgList": [(500, {}, b"")]}
    harvest()
    for reader.lang in ("uz", "ru"):
        expect(reader.visit("/moves").locator("#table-catalogues tbody tr")).to_have_count(1)
        shoot(reader, "moves")
        page = reader.visit(f"/moves/{NAME}")
        expect(page.locator("#table-datasets tbody tr")).to_have_count(7)
        shoot(reader, "move")
        page.locator("#filter-state").select_option("rows_held")
        page.locator("#filter-q").fill("1-002-")
        page.locator("section[aria-labelledby=datasets] form button.btn-primary").click()
        expect(page.locator("#table-datasets tbody tr")).to_have_count(0)
        reader.check()
        expect(reader.visit("/dataset/1-003-0001").locator("h1").first).to_be_visible()
        shoot(reader, "moved-dataset")
    page = reader.visit(f"/moves/{NAME}?state=rows_held")
    page.locator("#table-datasets form button").click()
    page.wait_for_load_state()
    reader.check()
    page.locator("#body-1").fill("ministry-education")
    page.locator("section[aria-labelledby=publishers] .roadmap-filters button").click()
    expect(page.locator("#publishers")).to_have_count(0)
    model.Session.rollback()
    released = model.Session.query(MovedDataset).filter_by(identifier=dataset(5)["name"]).one()
    assert (released.rows_state, released.approved != []) == ("waiting", True)
