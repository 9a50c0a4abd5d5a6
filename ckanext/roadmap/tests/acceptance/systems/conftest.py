"""One portal, its people and seven systems for all tests here."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

import ckan.plugins as plugins
from ckan.tests import factories

from ckanext.roadmap.tests import country
from ckanext.roadmap.tests.acceptance.processes import Portal, running
from ckanext.roadmap.tests.clock import RehearsalClock
from ckanext.roadmap.tests.journeys.conftest import ARGUMENTS, CHROMIUM
from ckanext.roadmap.tests.journeys.test_acts import person
from ckanext.roadmap.tests.ledger import reset_ledger
from ckanext.roadmap.tests.sources.http.sites import Site, serving

from .agent import agent
from .base import BODY, Source
from .databases import mariadb, postgres
from .drop import DropFolder
from .people import Person
from .statistics import SdmxFile
from .web import Api, CsvSite, Pages

KINDS = (
    "pg-schools", "maria-clinics", "web-schools", "api-kindergartens", "drop-clinics", "sdmx-births",
    "agent-kindergartens",
)  # fmt: skip
OPTIONS = {
    "WTF_CSRF_ENABLED": "true",
    "ckanext.roadmap.gate.two_keys": "true",
    "ckanext.roadmap.gate.more_rows": "500",
    "ckanext.roadmap.gate.fewer_rows": "50",
    "ckanext.roadmap.http.allowed_networks": "127.0.0.1/32",
    "ckanext.roadmap.load.statement_timeout": "3",
}


@dataclass
class Town:
    """What the tests share."""

    portal: Portal
    sources: dict[str, Source]
    coordinator: Person
    officer: Person
    citizen: Person
    clock: RehearsalClock
    minutes: Iterator[int] = field(default_factory=lambda: count(1))

    def tick(self) -> None:
        """A minute later: loads are told apart by their time."""
        self.clock.set(f"2023-04-10T{12 + (minute := next(self.minutes)) // 60}:{minute % 60:02}")


@pytest.fixture(scope="package")
def fresh(
    reset_db: Callable[[], None], reset_index: Callable[[], None], migrate_once: Callable[[], None]
) -> Iterator[None]:
    """CKAN in this process, with empty databases."""
    plugins.load_all()
    reset_ledger()
    reset_db()
    migrate_once()
    reset_index()
    yield
    plugins.unload_all()


@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    """One browser for all people."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="package")
def town(fresh: None, chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    """The systems run, the operator has written their connections down, and the list is in force."""
    folder = tmp_path_factory.mktemp("town")
    clock = RehearsalClock(folder / "clock")
    with ExitStack() as opened:
        site = opened.enter_context(serving())
        site.pages = Pages()
        sources = {one.name: one for one in _sources(opened, site, folder)}
        clock.set("2023-01-20T12:00")
        options = {**OPTIONS, **_connections(sources.values()), "ckanext.roadmap.rehearsal_clock": clock.path}
        with pytest.MonkeyPatch.context() as patch:
            patch.setitem(plugins.toolkit.config, "ckanext.roadmap.rehearsal_clock", str(clock.path))
            _approve(sources.values())
            people = person("statistics-agency", "member"), person(BODY, "editor")
            token = factories.APIToken(user=people[0])["token"]
            clock.set("2023-04-10T12:00")
            portal = opened.enter_context(running(folder, options))
            coordinator = Person(chromium, portal.url, people[0], token)
            officer, citizen = Person(chromium, portal.url, people[1]), Person(chromium, portal.url)
            yield Town(portal, sources, coordinator, officer, citizen, clock)


def _sources(opened: ExitStack, site: Site, folder: Path) -> Iterator[Source]:
    numbers = iter(range(1, len(KINDS) + 1))
    yield opened.enter_context(postgres(next(numbers), folder))
    yield opened.enter_context(mariadb(next(numbers), folder))
    yield CsvSite(next(numbers), site, folder)
    yield Api(next(numbers), site, folder)
    yield DropFolder(next(numbers), folder)
    yield SdmxFile(next(numbers), site, folder)
    yield opened.enter_context(agent(next(numbers), folder))


def _connections(sources: object) -> dict[str, str]:
    return {
        f"ckanext.roadmap.connection.{one.name}.{option}": value
        for one in sources
        for option, value in one.options().items()
    }


def _approve(sources: object) -> None:
    """A list with an item for each system, in force since January."""
    country.import_bodies()
    lines = [
        f"{one.item},{one.title[0]},{one.title[1]},{one.title[1]},education,portal,quarterly,"
        f"15 days after period end,{BODY},no,,no,id,,no,list"
        for one in sources
    ]
    country.import_list("\n".join([country.HEADER, *lines]))
    country.approve()
