"""Several processes of pytest side by side: each has databases, a Redis number and folders of its own."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from stack import worker

TESTS = Path(__file__).resolve().parent / "ckanext" / "roadmap" / "tests"
# the rooms of long files come first, so that no process has one left when the others are done
LONG = ("acceptance", "harvesters", "journeys", "logic", "views", "loading")
PROCESS = os.environ.get("PYTEST_XDIST_WORKER")


def pytest_configure(config: pytest.Config) -> None:
    """Give a process that runs beside others what is its own; pure rooms need none of it."""
    base = getattr(config.option, "ckan_ini", None)
    if PROCESS and base:
        name = f"{os.environ.get('CKAN_SITE_ID', 'test')}_{PROCESS}"
        os.environ.update(worker.environment(name))
        config.option.ckan_ini = str(worker.configuration(name, Path(base)))


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Name bytes by their argument: some hold the time they were made, and processes agree on names."""
    return argname if isinstance(val, bytes) else None


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Order the files as they are handed out to the processes."""
    if PROCESS:
        items.sort(key=lambda item: rank(item.path))


def rank(path: Path) -> int:
    """Place of a file among those to be handed out."""
    room = path.relative_to(TESTS).parts[0] if path.is_relative_to(TESTS) else ""
    return LONG.index(room) if room in LONG else len(LONG)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """Hand out whole files, and whole folders where the tests share a town."""
    from xdist.scheduler import LoadScopeScheduling  # noqa: PLC0415 - only where there are several processes

    class ByFile(LoadScopeScheduling):
        def _split_scope(self, nodeid: str) -> str:
            file = nodeid.partition("::")[0]
            return file.rpartition("/")[0] if "/systems/" in file else file

    config.option.loadscopereorder = False
    return ByFile(config, log)
