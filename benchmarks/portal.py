"""A portal for measurements: a database of its own on the test server, CKAN in this process."""

from __future__ import annotations

import os
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from ckan import model
from ckan.cli import load_config
from ckan.cli.db import _run_migrations
from ckan.config.middleware import make_app
from ckan.lib.search import clear_all, rebuild
from ckan.plugins import toolkit as tk
from ckan.tests import factories
from ckan.tests.helpers import CKANTestApp

CONFIG = "test.ini"
PLUGINS = ("harvest", "activity", "roadmap")
SHOWN = 25  # datasets in the search index: more than a page of CKAN's holds


def choose(url: str) -> None:
    """Make CKAN use this database."""
    os.environ["CKAN_SQLALCHEMY_URL"] = url
    os.environ["CKAN_SITE_ID"] = url.rpartition("/")[2]


def start(now: datetime) -> Any:
    """CKAN on the database chosen, at a time; its test client."""
    config = load_config(CONFIG)
    clock = Path(tempfile.mkdtemp()) / "clock"
    clock.write_text(now.isoformat())
    config["ckanext.roadmap.rehearsal_clock"] = str(clock)
    return CKANTestApp(make_app(config))


def create_tables() -> None:
    """CKAN's tables and ours."""
    model.repo.init_db()
    follow_migrations()


def follow_migrations() -> None:
    """Bring our tables of a kept country to the newest form."""
    for plugin in PLUGINS:
        _run_migrations(plugin, None, True)


def fill_search() -> None:
    """So many datasets that CKAN's own page of datasets is a whole one."""
    names = [f"bench-{number}" for number in range(SHOWN)]
    user = tk.get_action("get_site_user")({"ignore_auth": True}, {})
    context: Any = {"user": user["name"], "ignore_auth": True}
    if model.Group.get("bench") is not None:
        for name in names:
            rebuild(model.Package.get(name).id)
        return
    organization = tk.get_action("organization_create")(dict(context), {"name": "bench"})
    for name in names:
        factories.Dataset(name=name, owner_org=organization["id"])


def empty_search() -> None:
    """Take from the index what this portal put there."""
    clear_all()


@contextmanager
def statements() -> Iterator[list[str]]:
    """The statements sent inside the block."""
    found: list[str] = []

    def listen(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        found.append(statement)

    sa.event.listen(model.meta.engine, "before_cursor_execute", listen)
    try:
        yield found
    finally:
        sa.event.remove(model.meta.engine, "before_cursor_execute", listen)


def seconds(work: Callable[[], object]) -> float:
    """How long it takes."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def side_by_side(works: dict[str, Callable[[], object]], rounds: int) -> dict[str, float]:
    """The median time of each, all taking turns; what is made once is made before."""
    for work in works.values():
        work()
    found: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(rounds):
        for name, work in works.items():
            found[name].append(seconds(work))
    return {name: statistics.median(times) for name, times in found.items()}
