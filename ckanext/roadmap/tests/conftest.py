"""Fixtures that every room's tests share."""

from __future__ import annotations

import functools
import importlib.metadata
import inspect
import os
import sys
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

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
def quick_plugins() -> Iterator[None]:
    """Loads CKAN's plugins, which is done anew for each test, without what costs most of the suite's time.

    CKAN asks for the names of the callers: Python would look up their source lines. It looks for each plugin
    in the metadata of every installed package: they stay the same. It reads its YAML by Python's own parser:
    C's gives the same.
    """

    def stack(_context: int = 1) -> list[inspect.FrameInfo]:
        frames = traceback.walk_stack(sys._getframe(1))
        return [
            inspect.FrameInfo(frame, frame.f_code.co_filename, line, frame.f_code.co_name, None, None)
            for frame, line in frames
        ]

    found = functools.cache(importlib.metadata.entry_points)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(inspect, "stack", stack)
        patch.setattr("importlib.metadata.entry_points", found)
        patch.setattr("ckan.plugins.core.entry_points", found)
        patch.setattr(yaml, "SafeLoader", yaml.CSafeLoader)
        yield


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
    """CKAN's clean database, and an empty ledger before it (the ledger refuses to be deleted from)."""
    from ckanext.roadmap.tests.ledger import reset_ledger

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
