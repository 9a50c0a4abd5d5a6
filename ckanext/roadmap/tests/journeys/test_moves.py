"""A coordinator moves another portal here: nothing read yet, under way, refused, finished, and once more."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import expect

import ckan.lib.jobs as ckan_jobs
from ckan import model

from ckanext.roadmap import jobs
from ckanext.roadmap.harvesters import consumer
from ckanext.roadmap.model import Body
from ckanext.roadmap.tests import country, egov
from ckanext.roadmap.tests.egov import Portal, dataset, texts
from ckanext.roadmap.tests.journeys.test_acts import LANGUAGES, log_in, person
from ckanext.roadmap.tests.journeys.test_links import shoot

pytestmark = pytest.mark.usefixtures("with_plugins", "told")
NAME = "old-portal"
SPACE = "space-agency,5-001,Kosmos agentligi,Космическое агентство,Space Agency,agency,,\n"
ROWS = "#table-datasets tbody tr"


@pytest.fixture
def old(told: Any, monkeypatch: pytest.MonkeyPatch, ckan_config: Any, tmp_path: Any) -> Iterator[Portal]:
    """The old portal: 60 datasets, two of them of an agency whose organization has gone, one of a stranger."""
    egov.settle(monkeypatch, ckan_config, tmp_path)
    country.import_bodies(country.BODIES + SPACE)
    body = model.Session.scalars(Body.by_name("space-agency")).one()
    body.organization_id = "gone"
    model.Session.commit()
    with egov.serving(60) as portal:
        for one in portal.datasets[8:]:
            one["fullCount"] = 0
        space = texts("Kosmos agentligi", "Космос агентлиги", "Космическое агентство", "Space Agency")
        for place, number in ((58, 59), (59, 60)):
            portal.datasets[place] = dataset(number, userOrgId="o3", orgName=space, name=f"5-001-{number:04}")
        stranger = texts("Noma'lum markaz", "Номаълум марказ", "Неизвестный центр", "")
        portal.datasets[2] = dataset(3, userOrgId="o9", orgName=stranger, brandNew=1)
        portal.datasets[3] = dataset(4, email="yo'q", status=9, fullCount=0)
        portal.faults = {"GuidId=" + dataset(5)["structId"]: [(500, {}, b"")]}
        monkeypatch.setitem(ckan_config, f"ckanext.roadmap.connection.{NAME}.url", portal.url)
        yield portal


def work(messages: int = 1000) -> None:
    worker = consumer.Consumer(0)
    while messages and worker.step():
        messages -= 1


def test_from_an_unread_catalogue_to_its_second_reading(reader, old):
    log_in(reader, person("statistics-agency", "member"))
    for reader.lang in LANGUAGES:
        reader.visit("/moves")
        page = reader.visit(f"/moves/{NAME}")
        expect(page.locator(".roadmap-empty")).to_contain_text(f"portal check {NAME}")
        shoot(reader, "move-empty")
    page.locator("#read-now button").click()
    expect(page.locator(".alert-success")).to_be_visible()
    work(messages=9)
    in_each_language(reader, "move-running")
    expect(page.locator("#move-goes-on")).to_be_visible()
    work()
    ckan_jobs.Worker([jobs.FAST]).work(burst=True)
    in_each_language(reader, "move")
    expect(page.locator("#move-goes-on")).to_have_count(0)
    on_a_phone(reader)
    refused(reader)
    again(reader, old)


def in_each_language(reader, name):
    for reader.lang in LANGUAGES:
        page = reader.visit(f"/moves/{NAME}")
        expect(page.locator(ROWS)).to_have_count(50)
        shoot(reader, name)


def on_a_phone(reader):
    desk = reader.page.viewport_size
    reader.page.set_viewport_size({"width": 390, "height": 844})
    for reader.lang in ("uz", "ru"):
        page = reader.visit(f"/moves/{NAME}")
        assert page.evaluate("document.documentElement.scrollWidth") <= 390, "only tables may be wider"
        shoot(reader, "move-phone")
    reader.page.set_viewport_size(desk)


def refused(reader):
    """Each group says why, in the reader's language, and leads to its datasets."""
    words = {
        "uz": ("organining tashkiloti", "Tashkilot mavjud emas"),
        "ru": ("Организация", "Организация не существует"),
    }
    for reader.lang, (problem, said) in words.items():
        page = reader.visit(f"/moves/{NAME}")
        group = page.locator("#table-states tbody tr", has=page.locator('a[href^="?state=failed"]'))
        expect(group).to_contain_text(problem)
        group.locator("a").first.click()
        expect(page.locator(ROWS)).to_have_count(2)
        expect(page.locator(ROWS).first).to_contain_text(said)
        reader.check()
        shoot(reader, "move-refused")


def again(reader, old):
    """The organization is there again, the stranger is known, and what could not be read can be read."""
    body = model.Session.scalars(Body.by_name("space-agency")).one()
    body.organization_id = model.Group.get("space-agency").id
    model.Session.commit()
    old.faults = {}
    reader.lang = "uz"
    page = reader.visit(f"/moves/{NAME}")
    page.locator("#body-1").fill("tax-committee")
    page.locator(".roadmap-match .btn-primary").click()
    expect(page.locator(".alert-success")).to_be_visible()
    page.locator("#read-now button").click()
    expect(page.locator(".alert-success")).to_be_visible()
    work()
    ckan_jobs.Worker([jobs.FAST]).work(burst=True)
    page = reader.visit(f"/moves/{NAME}")
    expect(page.locator("#publishers")).to_have_count(0)
    expect(page.locator("#table-states tbody tr")).to_have_count(2)
    shoot(reader, "move-again")
