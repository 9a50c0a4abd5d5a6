"""The three servers that a portal stands on, started and stopped together."""

from __future__ import annotations

from collections.abc import Callable

from stack import languages, postgres, redis, search
from stack.databases import Databases, create
from stack.processes import Process, stop
from stack.progress import step
from stack.settings import DEMO, Settings

TEST_DATABASES = Databases("ckan_test", "datastore_test", "ckan_test", "test", "datastore_ro_test", "test")
PIECES: tuple[tuple[str, Callable[[Settings], bool], Callable[[Settings], Process]], ...] = (
    ("PostgreSQL", postgres.start, postgres.process),
    ("Redis", redis.start, redis.process),
    ("Solr", search.start, search.process),
)

SERVERS = ("postgres", "redis", "solr")


def start(settings: Settings, started: list[Process]) -> None:
    """Start what does not run; each piece that was started is added to `started`."""
    for title, start_piece, process in PIECES:
        with step(f"{title} on port {_port(settings, title)}"):
            if start_piece(settings):
                started.append(process(settings))


def _port(settings: Settings, title: str) -> int:
    ports = {
        "PostgreSQL": settings.ports.postgres,
        "Redis": settings.ports.redis,
        "Solr": settings.ports.solr,
    }
    return ports[title]


def stop_all(settings: Settings) -> list[str]:
    """End every process of an installation, the servers last; return the names of those that ran."""
    files = sorted(settings.pids.glob("*.pid"), key=lambda path: (path.stem in SERVERS, path.stem))
    stopped: list[str] = []
    for file in files:
        sign = Process.signal if file.stem != "postgres" else postgres.process(settings).signal
        if stop(file, sign):
            stopped.append(file.stem)
    return stopped


def up(settings: Settings) -> None:
    """Start the servers of an installation; on failure stop those that this call started."""
    started: list[Process] = []
    try:
        with step("Solr's jars"):
            search.install_jars()
        with step("Translations"):
            languages.build()
        start(settings, started)
        if settings is not DEMO:
            with step("Databases"):
                create(settings, TEST_DATABASES)
    except BaseException:
        for piece in reversed(started):
            piece.stop()
        raise
