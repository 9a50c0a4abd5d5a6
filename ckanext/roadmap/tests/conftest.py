"""Fixtures that every room's tests share."""

from __future__ import annotations

import functools
import os
from collections.abc import Callable
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
