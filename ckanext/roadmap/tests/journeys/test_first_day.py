"""A portal on its first day: no list is approved yet."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect


@pytest.mark.usefixtures("with_plugins", "clean_db")
@pytest.mark.parametrize("lang", ["uz", "uz_Cyrl", "ru", "en"])
def test_the_page_says_what_to_do(reader, lang):
    reader.lang = lang
    told = reader.visit("/compliance").locator(".roadmap-empty")
    expect(told.locator("h2")).to_be_visible()
    expect(told.locator("pre")).to_have_count(0)
    told.locator("a").click()
    assert reader.page.url.endswith(f"/{lang}/dataset/")
