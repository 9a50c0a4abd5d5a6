"""A coordinator's mappings in the browser, clean by axe in every language: the list, one, a check, a fault."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from ckanext.roadmap.tests.journeys.test_acts import LANGUAGES, log_in, person
from ckanext.roadmap.tests.journeys.test_links import shoot

pytestmark = pytest.mark.usefixtures("with_plugins", "told")


def test_a_coordinator_looks_checks_and_is_told_what_is_wrong(reader):
    log_in(reader, person("statistics-agency", "member"))
    for reader.lang in LANGUAGES:
        page = reader.visit("/mappings")
        expect(page.locator("#table-mappings tbody tr")).to_have_count(1)
        reader.check()
        shoot(reader, "mappings")
        page = reader.visit("/mappings/schools")
        expect(page.locator("pre")).to_contain_text("connection: education")
        reader.check()
        shoot(reader, "mapping")
    for reader.lang in ("uz", "ru"):
        page = reader.visit("/mappings/schools/edit")
        page.locator("[value=check]").click()
        expect(page.locator("#look-title")).to_be_visible()
        reader.check()
        shoot(reader, "mapping-check")
        page.locator("[name=definition]").fill("name: schools\nitem: Q-99")
        page.locator("[value=save]").click()
        expect(page.locator("[name=definition][aria-invalid=true]")).to_be_visible()
        reader.check()
        shoot(reader, "mapping-fault")
    page = reader.visit("/mappings/import")
    page.locator("[name=upload]").set_input_files(
        {"name": "mapping.yaml", "mimeType": "application/yaml", "buffer": b"name: x"}
    )
    page.locator("#import-mappings button").click()
    expect(page.locator(".roadmap-error")).to_be_visible()
    reader.check()
    shoot(reader, "mapping-import-fault")
