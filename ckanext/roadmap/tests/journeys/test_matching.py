"""An officer links datasets in place, with a script and without one; a coordinator revokes; clean by axe."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from playwright.sync_api import expect

from ckan.tests import factories

from ckanext.roadmap.logic import matching
from ckanext.roadmap.tests.country import act
from ckanext.roadmap.tests.journeys.test_acts import LANGUAGES, log_in, person

pytestmark = pytest.mark.usefixtures("with_plugins", "told")
SHOTS = os.environ.get("ROADMAP_SHOTS")


def shoot(reader, name):
    if SHOTS:
        reader.page.screenshot(path=Path(SHOTS) / f"{name}-{reader.lang}.png", full_page=True)


@pytest.fixture
def waiting(told):
    """Two datasets of the Tax Committee look like what it owes, and one of a hokimiyat like nothing."""
    for name, title, owner in (
        ("benefits", "Соліқ имтиёзлари рўйхати 2023".replace("і", "и"), "tax-committee"),
        ("benefits-old", "Soliq imtiyozlari 2022", "tax-committee"),
        ("roads", "Yo'llar uzunligi", "hokimiyat-andijan"),
    ):
        factories.Dataset(name=name, title=title, owner_org=owner)
    matching.match()


def confirmed():
    found = act("roadmap_publication_list", body="tax-committee")["publications"]
    return {link["dataset"]["name"] for link in found}


def test_an_officer_decides_in_place(reader, waiting):
    log_in(reader, person("tax-committee"))
    page = reader.visit("/compliance/matching")
    proposals = page.locator(".roadmap-proposal")
    expect(proposals).to_have_count(2)
    shoot(reader, "matching")
    proposals.filter(has_text="2022").locator("button").nth(1).click()
    expect(page.locator(".alert-success")).to_be_visible()
    expect(proposals).to_have_count(1)
    proposals.locator("button").first.click()
    expect(page.locator(".alert-success")).to_have_count(2)
    reader.check()
    shoot(reader, "matching-decided")
    assert confirmed() == {"benefits"}
    page = reader.visit("/compliance/matching")
    expect(page.locator(".roadmap-match")).to_have_count(0)
    shoot(reader, "matching-empty")
    page = reader.visit("/compliance/matching/datasets")
    page.locator(".roadmap-match > p .btn-secondary").click()
    expect(page.locator("#choices")).to_be_attached()
    page.wait_for_load_state()  # the scripts that listen to the field come last
    page.locator("#match-q").press_sequentially("имтиёз")
    expect(page.locator(".roadmap-choice")).to_have_count(1)
    reader.check()
    shoot(reader, "matching-choose")
    page.locator(".roadmap-choice button").click()
    expect(page.locator(".flash-messages .alert")).to_be_visible()
    assert confirmed() == {"benefits", "benefits-old"}


def test_a_coordinator_works_through_the_pages_in_every_language(reader, waiting):
    log_in(reader, person("statistics-agency"))
    for reader.lang in LANGUAGES:
        page = reader.visit("/compliance")
        page.locator("a[href$='/compliance/matching']").click()
        expect(page.locator(".roadmap-match")).not_to_have_count(0)
        page = reader.visit("/compliance/matching/datasets")
        expect(page.locator(".roadmap-match")).to_have_count(3)
        shoot(reader, "matching-datasets")
        reader.visit("/compliance/matching?q=zzz")
        shoot(reader, "matching-nothing")
        page = reader.visit("/compliance/matching/links")
        expect(page.locator(".roadmap-match")).to_have_count(1)
        shoot(reader, "matching-links")
    page.locator(".roadmap-decide input[name=reason]").fill("Another year")
    page.locator(".roadmap-decide button").click()
    expect(page.locator(".roadmap-match")).to_have_count(0)
    reader.check()


def test_without_a_script(reader, waiting, browser):
    name = person("tax-committee")
    log_in(reader, name)
    context = browser.new_context(
        java_script_enabled=False, storage_state=reader.page.context.storage_state()
    )
    page = context.new_page()
    page.goto(f"{reader.base}/uz/compliance/matching")
    page.locator(".roadmap-proposal").filter(has_text="2023").locator("button").first.click()
    expect(page.locator(".flash-messages .alert")).to_be_visible()
    assert confirmed() == {"benefits"}
    context.close()
