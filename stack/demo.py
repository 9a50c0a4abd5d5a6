"""The demo: from a fresh machine to a running portal, as often as one likes."""

from __future__ import annotations

import fcntl
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from stack import content, databases, ini, installation, portal, services
from stack.errors import StackError
from stack.processes import Process
from stack.progress import say, step
from stack.settings import DEMO, VAR


def run() -> None:
    """Install what is missing, start what does not run, create what is not there."""
    with _alone():
        started: list[Process] = []
        try:
            installation.install()
            services.start(DEMO, started)
            _configure()
            with step(f"Portal on port {DEMO.ports.portal}, job workers, harvest consumers, scheduler"):
                portal.start(DEMO, started)
            content.create(DEMO)
        except BaseException:
            for piece in reversed(started):
                piece.stop()
            raise
        say(content.greeting(DEMO))


def stop() -> None:
    """End every process of the demo, and no other."""
    stopped = services.stop_all(DEMO)
    say(f"Stopped: {', '.join(stopped)}." if stopped else "Nothing was running.")


def reset() -> None:
    """Wipe the demo's data folder after asking."""
    if not _agreed():
        say("Nothing was wiped.")
        return
    stop()
    shutil.rmtree(DEMO.data, ignore_errors=True)
    say(f"Wiped {DEMO.data}.")


def _configure() -> None:
    with step("Configuration and databases"):
        if ini.write(DEMO):
            portal.stop(DEMO)
        databases.create(DEMO, ini.databases(DEMO))
    with step("Tables"):
        portal.migrate(DEMO)
        portal.translate_scripts(DEMO)


def _agreed() -> bool:
    if os.environ.get("FORCE") == "1":
        return True
    print(f"This wipes {DEMO.data} with the demo's databases and files. Type yes: ", end="", flush=True)
    return sys.stdin.readline().strip() == "yes"


@contextmanager
def _alone() -> Iterator[None]:
    """Let only one command at a time change the demo."""
    DEMO.data.mkdir(parents=True, exist_ok=True)
    with (VAR / "demo.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise StackError("Another `make demo` is at work.", "Wait for it to end.") from None
        yield
