"""Installs what the machine lacks; nothing is done twice."""

from __future__ import annotations

import shutil

from stack import languages, machine, search, venv
from stack.errors import StackError
from stack.progress import step
from stack.settings import VAR, VENV

ROOM = 3 * 2**30


def install(*, tests: bool = False) -> None:
    """Install Debian packages, the virtual environment, Solr's jars and the folder of translations."""
    _require_room()
    with step("Debian packages"):
        machine.prepare(tests=tests)
    with step("Virtual environment"):
        venv.install(tests=tests)
    with step("Solr's jars"):
        search.install_jars()
    with step("Translations"):
        languages.build()


def _require_room() -> None:
    """Refuse to begin on a disk that the first installation would fill."""
    VAR.mkdir(exist_ok=True)
    free = shutil.disk_usage(VAR).free
    if free < ROOM and not (VENV / "project.stamp").exists():
        raise StackError(f"Only {free // 2**20} MiB are free at {VAR}.", "Free about 3 GiB, then try again.")
