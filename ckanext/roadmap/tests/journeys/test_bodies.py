"""Journeys through the register of bodies, clean by axe."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from ckanext.roadmap.tests import country
from ckanext.roadmap.tests.country import BODIES
from ckanext.roadmap.tests.journeys.test_acts import log_in, person
from ckanext.roadmap.tests.journeys.test_approved_list import settled

pytestmark = pytest.mark.usefixtures("with_plugins", "told")
RENAMED = BODIES.replace("Soliq qo'mitasi", "Soliq xizmati").replace("Налоговый комитет", "Налоговая служба")
MERGED = "body,from_body,kind,effective,act\nministry-finance,tax-committee,merged,2023-07-01,PF-269\n"


def test_from_the_tree_of_a_past_day_to_a_body(reader):
    country.import_bodies(RENAMED, MERGED)
    for reader.lang in ("uz", "ru"):
        page = reader.visit("/bodies")
        expect(page.locator("#table-register tbody tr")).to_have_count(4)
        page.fill("#filter-at", "2023-06-30")
        page.locator(".roadmap-filters button").click()
        expect(page.locator("#table-register tbody tr")).to_have_count(5)
        settled(page)
        reader.check()
        page.locator('#table-register a[href*="/bodies/tax-committee"]').click()
        expect(page.locator(".roadmap-history")).to_contain_text("PF-269")
        reader.check()


def test_the_import_is_seen_before_it_is_done(reader, tmp_path):
    log_in(reader, person("statistics-agency", "member"))
    for name, text in (("bodies.csv", RENAMED), ("successions.csv", MERGED)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    page = reader.visit("/bodies/import")
    page.set_input_files("#import-register-upload", tmp_path / "bodies.csv")
    page.set_input_files("#import-register-successions", tmp_path / "successions.csv")
    page.locator("#import-register button").click()
    expect(page.locator("#table-body-changes tbody tr")).to_have_count(2)
    reader.check()
    page.locator("#apply button").click()
    expect(page.locator("#table-register tbody tr")).to_have_count(4)
