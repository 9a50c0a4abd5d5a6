"""From the grid of regions to the evidence, in three languages, clean by axe, on a telephone."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.usefixtures("with_plugins", "told")


def test_from_the_grid_to_the_deadline(reader):
    for reader.lang in ("uz", "ru", "en"):
        page = reader.visit("/compliance/territory")
        expect(page.locator("#table-territory tbody a.roadmap-mark")).to_have_count(14)
        page.locator("#table-territory a.roadmap-mark").first.click()
        expect(page.locator("#table-regions tbody tr")).to_have_count(14)
        reader.check()
        page.locator('a[href*="/compliance/deadline/"]').first.click()
        expect(page.locator(".roadmap-verdict")).to_be_visible()


def test_a_telephone_scrolls_the_grid_and_not_the_page(reader):
    reader.page.set_viewport_size({"width": 375, "height": 700})
    page = reader.visit("/compliance/territory")
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
