"""Boxes, badges and cards in a browser: in three languages, clean by axe, on a telephone."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.usefixtures("with_plugins", "told")
LABELS = {
    "uz": "Ochiq ma’lumotlar ijrosi",
    "ru": "Исполнение по открытым данным",
    "en": "Open data compliance",
}


def test_from_a_dataset_to_what_can_be_copied(reader):
    for reader.lang, label in LABELS.items():
        page = reader.visit("/dataset/schools")
        expect(page.locator("#compliance-box")).to_be_visible()
        page.locator('a[href*="/compliance/embed/dataset/schools"]').click()
        reader.check()
        expect(page.locator("#badge ~ p img")).to_have_js_property("complete", True)
        assert page.locator("#badge ~ p img").evaluate("image => image.naturalWidth") > 100
        expect(page.frame_locator(".roadmap-frame").locator("h1")).to_be_visible()
        expect(page.frame_locator(".roadmap-frame").locator("main")).to_contain_text(label)
        reader.visit("/compliance/card/ministry-education")
        expect(page.locator("main")).to_contain_text(label)


def test_a_telephone_shows_box_and_card_whole(reader):
    reader.page.set_viewport_size({"width": 375, "height": 700})
    for path in (
        "/dataset/schools",
        "/organization/ministry-education",
        "/compliance/embed/body/ministry-education",
    ):
        page = reader.visit(path)
        assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
