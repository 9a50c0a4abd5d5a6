"""A portal on its first day: no list is approved yet."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect


@pytest.mark.usefixtures("with_plugins", "clean_db")
@pytest.mark.parametrize("lang", ["uz", "uz_Cyrl", "ru", "en"])
def test_the_page_says_what_to_do(reader, lang):
    reader.lang = lang
    expect(reader.visit("/compliance").locator(".roadmap-empty")).to_contain_text("ckan roadmap list approve")
