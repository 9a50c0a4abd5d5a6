"""The people of a story, each in a browser of their own that stays logged in."""

from __future__ import annotations

from pathlib import Path

import requests
from playwright.sync_api import Browser, Locator, Page

from ckanext.roadmap.tests.journeys.conftest import Reader
from ckanext.roadmap.tests.journeys.test_acts import log_in
from ckanext.roadmap.tests.journeys.test_links import SHOTS


class Person(Reader):
    """Somebody who works with the portal; pages are looked at in Uzbek and in Russian where that is asked for."""

    def __init__(self, browser: Browser, base: str, name: str = "", token: str = "") -> None:
        page = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
        page.set_default_timeout(15000)
        super().__init__(page, base)
        self.token = token
        self.careful = False
        """Whether pages are checked for accessibility: one story is enough for that."""
        if name:
            log_in(self, name)

    def go(self, path: str) -> Page:
        """Open a page."""
        answer = self.page.goto(f"{self.base}/{self.lang}{path}")
        assert answer is not None
        assert answer.status == 200, (path, answer.status)
        assert self.faults == []
        return self.page

    def api(self, action: str, **data: str) -> None:
        """Call an action without a browser, as the scripts of this person do."""
        answer = requests.post(
            f"{self.base}/api/3/action/{action}", json=data, headers={"Authorization": self.token}, timeout=60
        )
        assert answer.ok, answer.text

    def act(self, form: str, **values: str) -> None:
        """Fill a form of an act, and send it."""
        found = self.page.locator(f"form[id^='{form}-']")
        opened = self.page.locator(".roadmap-act", has=found).locator("details")
        if opened.count() and opened.get_attribute("open") is None:
            opened.locator("summary").click()
        for name, value in values.items():
            fill(found.locator(f"[name={name}]"), value)
        found.locator("button[type=submit]").first.click()

    def shoot(self, name: str) -> None:
        """The page as it stands is accessible; a picture of it, where somebody wants to look at it."""
        if self.careful:
            self.check()
        if SHOTS:
            self.page.screenshot(path=Path(SHOTS) / f"{name}-{self.lang}.png", full_page=True)


def fill(field: Locator, value: str) -> None:
    """Enter a value, or choose it."""
    if field.evaluate("one => one.tagName") == "SELECT":
        field.select_option(value)
    else:
        field.fill(value)
