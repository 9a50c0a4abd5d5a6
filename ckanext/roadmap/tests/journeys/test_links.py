"""Broken links and takedowns as a citizen and an auditor see them, clean by axe in three languages."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from playwright.sync_api import expect

import ckan.plugins.toolkit as tk
from ckan import model
from ckan.tests import factories

from ckanext.roadmap.services import publications
from ckanext.roadmap.tests.country import act
from ckanext.roadmap.tests.journeys.test_acts import LANGUAGES, log_in, person
from ckanext.roadmap.tests.sources.http.sites import page as answer
from ckanext.roadmap.tests.sources.http.sites import serving

pytestmark = pytest.mark.usefixtures("with_plugins", "told")
SHOTS = os.environ.get("ROADMAP_SHOTS")


def shoot(reader, name):
    if SHOTS:
        reader.page.screenshot(path=Path(SHOTS) / f"{name}-{reader.lang}.png", full_page=True)


@pytest.fixture
def looked_at(told, ckan_config, monkeypatch):
    """Two links of the Ministry of Finance were looked at: one is broken."""
    monkeypatch.setitem(ckan_config, "ckanext.roadmap.http.allowed_networks", ["127.0.0.1/32"])
    monkeypatch.setitem(ckan_config, "ckanext.roadmap.site.pause", 0)
    dataset = factories.Dataset(
        name="purchases", title="Xaridlar", owner_org="ministry-finance", item_code="F-01"
    )
    with serving() as site:
        site.pages["/data/xaridlar.csv"] = answer(b"code,amount\n1,5\n")
        made = [
            factories.Resource(package_id=dataset["id"], url=site.url(path), format="CSV")
            for path in ("/data/xaridlar.csv", "/data/xaridlar-2022.csv")
        ]
        at = told.set("2023-07-19T09:00")
        obligation = publications.obligations_for(model.Session(), "F-01", "ministry-finance", at.date())[0]
        publications.link(model.Session(), at, obligation.id, dataset["id"], None, "officer", "chosen")
        model.Session.commit()
        act("roadmap_site_check")
    told.set("2023-07-20T12:00")
    return made


def test_broken_links_are_a_worklist_in_every_language(reader, looked_at):
    for reader.lang in LANGUAGES:
        owed = reader.visit("/compliance/body/ministry-finance")
        expect(owed.locator("#table-obligations .roadmap-odd").first).to_contain_text("2023")
        reader.check()
        shoot(reader, "unreachable")
        page = reader.visit("/compliance/links")
        row = page.locator("#table-links tbody tr")
        expect(row).to_have_count(1)
        expect(row).to_contain_text("404")
        shoot(reader, "links")
        page.locator(".roadmap-choices a").nth(1).click()
        expect(row).to_have_count(2)
        reader.check()
        shoot(reader, "links-all")
        expect(reader.visit("/dataset/purchases").locator("#looks ~ dl dt")).to_have_count(2)
        shoot(reader, "dataset")


def test_from_the_takedown_to_the_ruling(reader, looked_at):
    auditor = person("anti-corruption-agency", "member")
    log_in(reader, auditor)
    page = reader.page
    page.goto(f"{reader.base}/uz/dataset/purchases/resource/{looked_at[0]['id']}")
    page.locator("a[href*='/compliance/takedowns?resource=']").click()
    page.locator(".roadmap-act summary").click()
    expect(page.locator("[name=resource]")).to_have_value(looked_at[0]["id"])
    page.locator("[name=reason]").fill("Fuqarolarning ismlari")
    reader.check()
    shoot(reader, "takedown-form")
    page.locator(".roadmap-act button").click()
    expect(page.locator(".roadmap-verdict")).to_be_visible()
    page.locator(".roadmap-act summary").click()
    reader.check()
    shoot(reader, "takedown-rule")
    page.locator("[name=ruling]").select_option("confirmed")
    page.locator("[name=text]").fill("Qonunga ko'ra")
    page.locator(".roadmap-act button").click()
    expect(page.locator(".roadmap-act")).to_have_count(0)
    (told,) = tk.get_action("roadmap_takedown_list")({"user": ""}, {})["takedowns"]
    reader.page.context.clear_cookies()
    for reader.lang in LANGUAGES:
        expect(reader.visit("/compliance/takedowns").locator("#table-takedowns tbody tr")).to_have_count(1)
        shoot(reader, "takedowns")
        page = reader.visit(f"/compliance/takedowns/{told['id']}")
        expect(page.locator(".roadmap-dates")).to_contain_text("Qonunga ko'ra")
        shoot(reader, "takedown")
        page.goto(f"{reader.base}/{reader.lang}/dataset/purchases")
        expect(page.locator("body")).not_to_contain_text("xaridlar.csv")
