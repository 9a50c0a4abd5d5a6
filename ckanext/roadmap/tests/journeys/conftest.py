"""A live portal, a browser, and a reader who checks accessibility on the way."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

import ckan.plugins.toolkit as tk

from ckanext.roadmap.tests.acceptance.processes import free_port
from ckanext.roadmap.tests.clock import RehearsalClock
from ckanext.roadmap.tests.conftest import ROOT
from ckanext.roadmap.tests.journeys import story

CHROMIUM = os.environ.get("ROADMAP_CHROMIUM", "/usr/bin/chromium")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]}


class Reader:
    """Somebody with a browser, reading in one language."""

    def __init__(self, page: Page, base: str, lang: str = "uz") -> None:
        self.page, self.base, self.lang = page, base, lang
        self.faults: list[str] = []
        page.on("pageerror", lambda error: self.faults.append(str(error)))

    def visit(self, path: str) -> Page:
        """Open a page of the portal and check it."""
        self.page.goto(f"{self.base}/{self.lang}{path}")
        self.check()
        return self.page

    def check(self) -> None:
        """No script has failed, and the page as it stands violates nothing of WCAG A and AA."""
        self.page.wait_for_load_state()  # styles may come after the element that was waited for
        assert self.faults == []
        found = Axe().run(self.page, options=RULES)
        assert found.violations_count == 0, found.generate_report()


@pytest.fixture(scope="session")
def languages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with the portal's four languages."""
    folder = tmp_path_factory.mktemp("i18n")
    subprocess.run([sys.executable, "-m", "ckanext.roadmap.translations.build", folder], check=True, cwd=ROOT)
    return folder


@pytest.fixture(scope="session")
def clock_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file that both this process and the portal read the present time from."""
    path = tmp_path_factory.mktemp("clock") / "clock"
    path.write_text("2023-07-20T12:00:00+05:00")
    return path


@pytest.fixture(scope="session")
def ministry(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of a ministry's database, which the portal knows as the connection `register`."""
    path = tmp_path_factory.mktemp("ministry") / "register.sqlite"
    with sqlite3.connect(path) as base:
        base.execute("CREATE TABLE school (id int, nomi text, hudud text, yil int, direktor_tel text)")
        rows = [(n, f"{n}-maktab", "1703", 2023, None) for n in range(1, 41)]
        base.executemany("INSERT INTO school VALUES (?, ?, ?, ?, ?)", rows)
        base.execute("CREATE VIEW open_school AS SELECT id, nomi, hudud, yil FROM school")
    return f"sqlite:///{path}"


@pytest.fixture(scope="session")
def portal(
    languages: Path, clock_file: Path, ministry: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """Address of a portal that runs in a process of its own, on the databases of these tests."""
    log = (tmp_path_factory.mktemp("portal") / "log").open("w")
    ini, port = str(tk.config["__file__"]), str(free_port())
    command = [sys.executable, "-m", "ckanext.roadmap.tests.journeys.server", ini, port]
    known = os.environ | {"CKANEXT__ROADMAP__CONNECTION__REGISTER__URL": ministry}
    server = subprocess.Popen([*command, clock_file, languages], cwd=ROOT, stdout=log, stderr=log, env=known)
    address = f"http://127.0.0.1:{port}"
    try:
        _wait(server, address, Path(log.name))
        yield address
    finally:
        server.terminate()
        server.wait(10)
        log.close()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium."""
    if not Path(CHROMIUM).exists():
        pytest.skip(f"no Chromium at {CHROMIUM} (set ROADMAP_CHROMIUM)")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield chromium
        chromium.close()


@pytest.fixture
def told(clean_db: None, clean_index: None, clock_file: Path, ckan_config: dict[str, Any]) -> RehearsalClock:
    """The story has been told; the clock can be moved on."""
    before = tk.config.get("ckanext.roadmap.rehearsal_clock")
    ckan_config["ckanext.roadmap.rehearsal_clock"] = str(clock_file)
    clock = RehearsalClock(clock_file)
    story.tell(clock)
    yield clock
    ckan_config["ckanext.roadmap.rehearsal_clock"] = before


@pytest.fixture
def reader(portal: str, browser: Browser) -> Iterator[Reader]:
    """A reader in Uzbek at a desk."""
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.set_default_timeout(15000)
    yield Reader(page, portal)
    page.close()


def _wait(server: subprocess.Popen[bytes], address: str, log: Path) -> None:
    for _attempt in range(120):
        if server.poll() is not None:
            pytest.fail(f"the portal ended at once: {log.read_text()[-2000:]}")
        try:
            urllib.request.urlopen(f"{address}/api/3/action/status_show", timeout=5)  # noqa: S310
        except OSError:
            time.sleep(0.5)
        else:
            return
    pytest.fail(f"the portal did not answer within a minute: {log.read_text()[-2000:]}")
