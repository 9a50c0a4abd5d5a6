"""Fixtures that every room's tests share."""

from __future__ import annotations

import functools
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from ckanext.roadmap.tests.clock import RehearsalClock

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real inputs beside the project; tests that need it are skipped where it is absent."""
    folder = Path(os.environ.get("ROADMAP_SHARED", ROOT.parent / "shared")) / "data"
    if not folder.is_dir():
        pytest.skip(f"the real inputs are not at {folder} (set ROADMAP_SHARED)")
    return folder


@pytest.fixture(scope="session", autouse=True)
def quick_plugins(pytestconfig: pytest.Config) -> Iterator[None]:
    """Loads CKAN's plugins without what costs most of the suite's time."""
    if not pytestconfig.pluginmanager.hasplugin("ckan"):
        yield
        return
    from ckanext.roadmap.tests.quick import plugins_once

    with plugins_once():
        yield


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """A test that loads no plugins finds CKAN without those of the test before it."""
    if "with_plugins" not in getattr(item, "fixturenames", ()):
        _late(lambda late: late.catch_up())


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_teardown() -> Iterator[None]:
    """What CKAN does after unloading waits until somebody needs it."""
    _late(lambda late: setattr(late, "ending", True))
    yield
    _late(lambda late: setattr(late, "ending", False))


def _late(act: Callable[[Any], None]) -> None:
    """Where CKAN is used at all: pure rooms need none of it."""
    if quick := sys.modules.get("ckanext.roadmap.tests.quick"):
        act(quick.LATE)


@pytest.fixture(scope="session")
def migrate_once(migrate_db_for: Callable[..., None]) -> Callable[[], None]:
    """Brings the tables of our plugins up to date, the first time it is called in a session."""

    @functools.cache
    def migrate() -> None:
        for plugin in ("harvest", "activity", "roadmap"):
            migrate_db_for(plugin)

    return migrate


@pytest.fixture
def clean_db(with_plugins: None, reset_db: Callable[[], None], migrate_once: Callable[[], None]) -> None:
    """CKAN's clean database: its tables and ours are made anew once in a session, and emptied from then on."""
    from ckan import model

    from ckanext.roadmap.tests.ledger import reset_ledger, reset_tables

    if model.repo.tables_created_and_initialised:
        reset_tables()
    else:
        reset_ledger()
        reset_db()
    migrate_once()


@pytest.fixture
def rehearsal(tmp_path: Path, ckan_config: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> RehearsalClock:
    """The clock that the portal goes by, set to the noon after the first quarter of 2023."""
    clock = RehearsalClock(tmp_path / "clock")
    clock.set("2023-04-10T12:00")
    monkeypatch.setitem(ckan_config, "ckanext.roadmap.rehearsal_clock", str(clock.path))
    return clock
