"""CKAN itself: its web process, its job workers, the harvest consumers and the scheduler."""

from __future__ import annotations

import time
import urllib.error
import urllib.request

from stack import languages, ports, stamps
from stack.commands import run
from stack.errors import StackError
from stack.processes import Process
from stack.settings import HOST, ROOT, VAR, Settings, program

QUEUES = ("default", "roadmap-fast", "roadmap-bulk")
SETTLING = 3.0


def ckan(settings: Settings, *words: str) -> str:
    """Run a command of CKAN and return what it printed."""
    return run([program("ckan"), "-c", settings.ini, *words], environment={"PYTHONWARNINGS": "ignore"})


def migrate(settings: Settings) -> None:
    """Bring CKAN's tables and those of the plugins up to date, unless nothing changed since."""
    versions = sorted((ROOT / "ckanext" / "roadmap" / "migration").rglob("versions/*.py"))
    value = stamps.digest([*versions, ROOT / "constraints.txt", ROOT / "requirements.txt"])
    stamp = settings.data / "migrations.stamp"
    if stamps.is_fresh(stamp, value):
        return
    ckan(settings, "db", "init")
    ckan(settings, "db", "pending-migrations", "--apply")
    stamps.write(stamp, value)


def translate_scripts(settings: Settings) -> None:
    """Let CKAN make the texts of its scripts from the folder of translations, unless that was done."""
    value = stamps.digest(sorted(languages.FOLDER.rglob("*.po")))
    stamp = VAR / "scripts.stamp"
    if languages.FOLDER.exists() and not stamps.is_fresh(stamp, value):
        ckan(settings, "translation", "js")
        stamps.write(stamp, value)


def web(settings: Settings) -> Process:
    """Return the web process."""
    bind = f"{HOST}:{settings.ports.portal}"
    options = [
        "--workers",
        "2",
        "--threads",
        "4",
        "--timeout",
        "120",
        "--bind",
        bind,
        "--access-logfile",
        "-",
    ]
    return _process(settings, "web", [str(program("gunicorn")), *options, "stack.wsgi:application"])


def background(settings: Settings) -> list[Process]:
    """Return the processes behind the web: one worker a queue, the harvest consumers, the scheduler."""
    base = [str(program("ckan")), "-c", str(settings.ini)]
    workers = [_process(settings, f"jobs-{queue}", [*base, "jobs", "worker", queue]) for queue in QUEUES]
    harvest = _process(settings, "harvest", [*base, "roadmap", "worker", "harvest"])
    scheduler = [str(program("python")), "-m", "stack", "scheduler", settings.name]
    return [*workers, harvest, _process(settings, "scheduler", scheduler)]


def stop(settings: Settings) -> None:
    """End the portal's processes, so that they start with the new configuration."""
    for piece in [web(settings), *background(settings)]:
        piece.stop()


def start(settings: Settings, started: list[Process]) -> None:
    """Start what does not run, all at once, and wait until the web answers and no piece has ended."""
    fresh: list[Process] = []
    if not web(settings).pid():
        ports.require_free(settings.ports.portal, "the portal")
    for piece in [web(settings), *background(settings)]:
        if not piece.pid():
            piece.launch()
            fresh.append(piece)
            started.append(piece)
    began = time.monotonic()
    if fresh:
        web(settings).wait_for(lambda: answers(settings), 120)
        time.sleep(max(0.0, SETTLING - (time.monotonic() - began)))
    for piece in fresh:
        if not piece.pid():
            raise StackError(f"{piece.name} ended at once:\n{piece.tail()}", f"See {piece.log}.")


def answers(settings: Settings) -> bool:
    """Tell whether the portal answers."""
    try:
        with urllib.request.urlopen(f"{site_url(settings)}/api/3/action/status_show", timeout=30) as answer:  # noqa: S310
            return answer.status == 200
    except (urllib.error.URLError, OSError):
        return False


def site_url(settings: Settings) -> str:
    """Return the portal's address."""
    return f"http://{HOST}:{settings.ports.portal}"


def _process(settings: Settings, name: str, command: list[str]) -> Process:
    environment = {"CKAN_INI": str(settings.ini), "PYTHONWARNINGS": "ignore", "PYTHONUNBUFFERED": "1"}
    return Process(name, command, settings.pids, settings.logs, ROOT, environment)
