"""Charts, repairs and the rows behind figures in a browser: three languages, clean by axe, on a telephone."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.usefixtures("with_plugins", "told")
LANGUAGES = ("uz", "ru", "en")


def test_charts_are_drawn_and_stay_drawn_when_the_filter_changes(reader):
    for reader.lang in LANGUAGES:
        page = reader.visit("/compliance")
        expect(page.locator(".roadmap-chart-picture svg")).to_have_count(3)
        page.select_option("#filter-kind", "ministry")
        expect(page.locator("#table-bodies tbody tr")).to_have_count(2)
        expect(page.locator(".roadmap-chart-picture svg")).to_have_count(3)
        reader.check()


def test_without_scripts_the_tables_tell_the_same(browser, portal):
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(f"{portal}/uz/compliance")
    for name in ("trend", "kinds", "refresh"):
        assert page.locator(f"#table-{name} tbody tr").count() > 0
    assert page.locator(".roadmap-chart-picture svg").count() == 0
    page.close()


def test_from_a_figure_to_its_rows_and_on_to_the_deadline(reader):
    for reader.lang in LANGUAGES:
        page = reader.visit("/compliance?quarter=2023-Q2")
        page.locator("#table-trend a.roadmap-drill[href*='share=late']").last.click()
        expect(page.locator("#table-deadlines tbody tr").first).to_be_visible()
        reader.check()
        reader.visit("/compliance/fix-first")
        page.locator("#table-fix-items .roadmap-cell-repairs a").first.click()
        expect(page.locator("#table-fix-obligations tbody tr").first).to_be_visible()
        reader.check()
        for path in ("objections?state=all&as_of=2023-06-01", "runs?as_of=2023-06-01", "links?state=all"):
            reader.visit(f"/compliance/{path}")
        reader.visit("/compliance/refresh?quarter=2023-Q2")
        expect(page.locator("#table-touches tbody tr")).to_have_count(1)


@pytest.mark.parametrize("path", ["/compliance", "/compliance/fix-first", "/compliance/obligations"])
def test_a_telephone_scrolls_the_tables_and_not_the_page(reader, path):
    reader.page.set_viewport_size({"width": 375, "height": 700})
    page = reader.visit(path)
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
