"""From the declaration of a system to the dividend of connecting it, clean by axe in every language."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from ckanext.roadmap.tests.country import act
from ckanext.roadmap.tests.journeys.test_acts import LANGUAGES, log_in, person
from ckanext.roadmap.tests.journeys.test_links import shoot
from ckanext.roadmap.tests.logic.test_systems import SYSTEM

pytestmark = pytest.mark.usefixtures("with_plugins", "told")


def test_an_officer_declares_and_the_public_sees_the_dividend(reader):
    for reader.lang in LANGUAGES:
        reader.visit("/systems")
        shoot(reader, "systems-empty")
    reader.lang = "uz"
    log_in(reader, person("ministry-education", "editor"))
    page = reader.visit("/systems/body/ministry-education")
    page.locator("#title-system-system").click()
    page.locator("[name=title_uz]").fill("Maktablar axborot tizimi")
    page.locator("[name=items]").fill("E-01; Q-99")
    page.locator("#system-system button").click()
    expect(page.locator("[name=items][aria-invalid=true]")).to_be_visible()
    reader.check()
    shoot(reader, "systems-fault")
    page.locator("[name=items]").fill("E-01")
    page.locator("#system-system button").click()
    expect(page.locator("h1")).to_contain_text("IS-0001")
    reader.check()
    shoot(reader, "system-officer")
    act("roadmap_system_update", code="IS-0001", dbms="PostgreSQL 15", network="internet")
    for reader.lang in LANGUAGES:
        page = reader.visit("/systems/IS-0001/guide")
        expect(page.locator(".roadmap-guide pre").first).to_contain_text("CREATE OR REPLACE VIEW")
        shoot(reader, "guide")
    log_in(reader, person("statistics-agency", "member"))
    for reader.lang in ("uz", "ru"):
        page = reader.visit("/systems/IS-0001/agent")
        page.locator("[id^=title-token-]").click()
        page.locator("[name=note]").fill("Server 7")
        page.locator("[id^=token-] button").click()
        expect(page.locator("#issued")).to_be_visible()
        reader.check()
        shoot(reader, "agent")
    act("roadmap_system_create", **{**SYSTEM, "body": "ministry-finance", "title_uz": "Byudjet tizimi"})
    reader.page.context.clear_cookies()
    for reader.lang in LANGUAGES:
        page = reader.visit("/systems")
        expect(page.locator("#table-system-dividend tbody tr")).to_have_count(1)
        expect(page.locator("#table-systems tbody tr")).to_have_count(2)
        shoot(reader, "systems")
        reader.visit("/systems/IS-0001")
        shoot(reader, "system")
