"""Strips of periods in a browser: in three languages, clean by axe, on a telephone, by keyboard."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.usefixtures("with_plugins", "told")
LANGUAGES = ("uz", "ru", "en")
PATHS = ("/compliance/body/ministry-education", "/compliance/item/F-01")


@pytest.mark.parametrize("path", PATHS)
def test_a_cell_leads_to_its_deadline(reader, path):
    for reader.lang in LANGUAGES:
        page = reader.visit(path)
        expect(page.locator("#table-agenda tbody tr").first).to_be_visible()
        cell = page.locator(".roadmap-strip a").first
        cell.focus()
        page.keyboard.press("Enter")
        expect(page.locator(".roadmap-verdict")).to_be_visible()
        assert "/compliance/deadline/" in page.url


def test_a_telephone_scrolls_the_strips_and_not_the_page(reader):
    reader.page.set_viewport_size({"width": 375, "height": 700})
    page = reader.visit(PATHS[0])
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
