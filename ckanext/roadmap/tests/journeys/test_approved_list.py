"""Journeys through the approved list, clean by axe."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from ckanext.roadmap.tests import country
from ckanext.roadmap.tests.country import act

pytestmark = pytest.mark.usefixtures("with_plugins", "told")
LANGUAGES = ("uz", "ru", "en")


@pytest.fixture
def second_list(told) -> None:
    """A list of 2024 in force: a term changed, an item left out, a typing error mended."""
    act("roadmap_list_version_create", year=2024)
    act("roadmap_item_retire", year=2024, number=1, code="F-02")
    act("roadmap_item_update", year=2024, number=1, code="F-01", due_rule="10 working days after period end")
    country.approve(2024, "2024-02-01")
    act(
        "roadmap_list_version_correct",
        year=2024, number=1, code="E-01", title_ru="Школы страны", act="15-K", reason="Typing error",
    )  # fmt: skip
    told.set("2024-03-01T12:00")


def test_from_the_head_to_an_item_and_its_deadlines(reader):
    for reader.lang in LANGUAGES:
        page = reader.visit("/compliance")
        page.locator(f'a[href="/{reader.lang}/approved-list"]').first.click()
        expect(page.locator("#table-items tbody tr")).to_have_count(3)
        reader.check()
        page.locator('#table-items a[href*="/approved-list/E-01"]').click()
        expect(page.locator("h1")).to_contain_text("E-01")
        expect(page.locator(".roadmap-owed li")).to_have_count(1)
        reader.check()
        page.locator('a[href*="/compliance/item/E-01"]').first.click()
        expect(page.locator("#table-deadlines")).to_be_visible()


def settled(page):
    """Wait until htmx has taken over what it put in: until then a form is sent as a whole page."""
    page.wait_for_function(
        "!document.querySelector('.htmx-request, .htmx-swapping, .htmx-settling, .htmx-added')"
    )


def test_search_in_the_other_script_without_a_new_page(reader):
    page = reader.visit("/approved-list")
    page.evaluate("window.stays = true")
    page.fill("#filter-q", "мактаб")
    page.keyboard.press("Enter")
    expect(page.locator("#table-items tbody tr")).to_have_count(1)
    settled(page)
    page.fill("#filter-q", "")
    page.keyboard.press("Enter")
    expect(page.locator("#table-items tbody tr")).to_have_count(3)
    settled(page)
    page.select_option("#filter-frequency", "monthly")
    expect(page.locator("#table-items tbody tr .roadmap-code")).to_have_text(["F-01"])
    settled(page)
    page.select_option("#filter-frequency", "")
    expect(page.locator("#table-items tbody tr")).to_have_count(3)
    settled(page)
    page.select_option("#filter-body", "tax-committee")
    expect(page.locator("#table-items tbody tr .roadmap-code")).to_have_text(["F-02"])
    assert page.evaluate("window.stays")
    reader.check()
    settled(page)
    page.fill("#filter-q", "zzz")
    page.keyboard.press("Enter")
    expect(page.locator(".roadmap-empty")).to_be_visible()
    reader.check()


@pytest.mark.usefixtures("second_list")
def test_what_changed_and_the_history(reader):
    for reader.lang in LANGUAGES:
        page = reader.visit("/approved-list")
        page.locator('.roadmap a[href*="/approved-list/compare"]').click()
        expect(page.locator("#table-changes tbody tr").last).to_contain_text("F-01")
        reader.check()
        page = reader.visit("/approved-list/E-01")
        expect(page.locator(".roadmap-history")).to_contain_text("15-K")
        page = reader.visit("/approved-list/F-02")
        expect(page.locator(".roadmap-history > li")).to_have_count(1)


@pytest.mark.parametrize("path", ["/approved-list", "/approved-list/E-01", "/approved-list/compare"])
def test_a_telephone_scrolls_the_table_and_not_the_page(reader, path):
    reader.page.set_viewport_size({"width": 375, "height": 700})
    page = reader.visit(path)
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def test_downloads(reader):
    page = reader.visit("/approved-list")
    for form in ("csv", "xlsx", "json"):
        with page.expect_download() as waiting:
            page.locator(f'a[href*="format={form}"]').first.click()
        assert waiting.value.suggested_filename == f"approved-list-2023-1.{form}"
