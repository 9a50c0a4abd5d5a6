"""Journeys through the compliance pages, each in three languages and clean by axe."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from ckan import model

from ckanext.roadmap.model.run import Run

pytestmark = pytest.mark.usefixtures("with_plugins", "told")
LANGUAGES = ("uz", "ru", "en")


def fits(page) -> bool:
    return page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def test_from_all_bodies_to_the_evidence(reader):
    for reader.lang in LANGUAGES:
        page = reader.visit("/compliance")
        expect(page.locator("html")).to_have_attribute("lang", re.compile(f"^{reader.lang}"))
        expect(page.locator("#table-bodies tbody tr")).to_have_count(4)
        page.locator('#table-bodies a[href*="status=on_time"][href*="ministry-education"]').first.click()
        expect(page.locator("#table-deadlines tbody tr")).to_have_count(1)
        reader.check()
        page.locator('#table-deadlines a[href*="/compliance/run/run-applied"]').click()
        expect(page.locator("#run-state")).to_contain_text("9f2c6a31d0b8")
        reader.check()
        page.locator('#run-state a[href*="/compliance/item/E-01"]').click()
        expect(page.locator("h1")).to_contain_text("E-01")
        reader.check()


def test_filters_change_the_table_without_a_new_page(reader):
    page = reader.visit("/compliance")
    page.evaluate("window.stays = true")
    page.select_option("#filter-kind", "committee")
    expect(page.locator("#table-bodies tbody tr")).to_have_count(1)
    assert "kind=committee" in page.url
    assert page.evaluate("window.stays")
    reader.check()
    page.select_option("#filter-kind", "bank")
    expect(page.locator(".roadmap-empty")).to_be_visible()
    reader.check()


def test_sorting_is_a_link(reader):
    page = reader.visit("/compliance")
    page.locator("#table-bodies thead th.roadmap-cell-share a").first.click()
    expect(page.locator("#table-bodies th[aria-sort=descending]")).to_have_count(1)
    expect(page.locator("#table-bodies tbody th").first).to_contain_text("Ta'lim vazirligi")


def test_an_item_in_three_languages(reader):
    for reader.lang, title in zip(LANGUAGES, ("Xaridlar", "Закупки", "Procurement"), strict=True):
        page = reader.visit("/compliance/item/F-01")
        expect(page.locator("h1")).to_contain_text(title)
        expect(page.locator("#table-obligations tbody tr")).to_have_count(3)


def test_cyrillic_uzbek_is_written_by_itself(reader):
    reader.lang = "uz_Cyrl"
    page = reader.visit("/compliance/body/ministry-education")
    expect(page.locator("h1")).to_contain_text("Таълим вазирлиги")
    expect(page.locator("html")).to_have_attribute("lang", "uz-Cyrl")


def test_a_failed_run_tells_the_remedy(reader):
    words = ("Ularni manbada tiklang", "Верните их в источник", "Restore them at the source")
    for reader.lang, remedy in zip(LANGUAGES, words, strict=True):
        page = reader.visit("/compliance/run/run-failed")
        expect(page.get_by_role("alert")).to_contain_text(remedy)


def test_a_running_load_brings_its_page_up_to_date(reader):
    run = model.Session.get(Run, "run-failed")
    run.state, run.outcome, run.error = "running", None, None
    model.Session.commit()
    page = reader.visit("/compliance/run/run-failed")
    expect(page.locator("#run-state")).to_have_attribute("hx-trigger", "every 3s")
    run.state, run.outcome, run.phase = "finished", "applied", "done"
    model.Session.commit()
    expect(page.locator(".roadmap-outcome-applied")).to_be_visible(timeout=10000)
    expect(page.locator("[hx-trigger='every 3s']")).to_have_count(0)


def test_the_rule_in_words(reader):
    for reader.lang in LANGUAGES:
        page = reader.visit("/compliance/rule")
        expect(page.locator(".roadmap-status")).to_have_count(11)


def test_wrong_addresses_lead_back(reader):
    for reader.lang in LANGUAGES:
        reader.visit("/compliance/item/Z-99")
        page = reader.visit("/compliance?kind=zebra")
        page.locator(".roadmap li a").first.click()
        expect(page.locator("#table-bodies")).to_be_visible()


def test_the_dataset_carries_its_passport(reader):
    page = reader.visit("/dataset/schools")
    page.locator('.roadmap-passport a[href="/uz/compliance/item/E-01"]').first.click()
    expect(page.locator("h1")).to_contain_text("E-01")


@pytest.mark.parametrize(
    "path", ["/compliance", "/compliance/body/ministry-education", "/compliance/run/run-applied"]
)
def test_a_telephone_scrolls_the_table_and_not_the_page(reader, path):
    reader.page.set_viewport_size({"width": 375, "height": 700})
    assert fits(reader.visit(path))


def test_keyboard_reaches_the_table(reader):
    page = reader.visit("/compliance")
    page.locator(".roadmap-scroll").first.focus()
    expect(page.locator(".roadmap-scroll").first).to_be_focused()


@pytest.mark.parametrize(
    "path", ["/compliance?kind=ministry", "/compliance/body/ministry-education", "/compliance/territory"]
)
def test_on_paper_no_column_is_cut_and_only_what_can_be_read_is_printed(reader, path):
    page = reader.visit(path)
    page.set_viewport_size({"width": 1032, "height": 690})  # a sheet of A4 that lies, without its margins
    page.emulate_media(media="print")
    assert fits(page)
    wide = "tables => tables.filter(t => t.getBoundingClientRect().right > innerWidth).map(t => t.id)"
    assert page.eval_on_selector_all(".roadmap table", wide) == []
    expect(page.locator("thead").first).to_have_css("display", "table-header-group")
    for left_out in (".masthead", ".site-footer", ".roadmap .btn", "#as-of"):
        assert not any(one.is_visible() for one in page.locator(left_out).all()), left_out
    kept = page.locator("#filter-kind")
    assert "kind=" not in path or kept.is_visible(), "a figure of some bodies does not say so"
