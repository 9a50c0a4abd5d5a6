"""xloader from its registry, in an environment of its own, on the same file and DataStore."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import sysconfig
import venv
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parents[1]


@dataclass(frozen=True, slots=True)
class XloaderTimes:
    """Seconds of a first load, and of a reload."""

    first: float
    again: float


def environment(folder: Path) -> Path:
    """The Python of xloader's environment, made if it is not there."""
    python = folder / "bin" / "python"
    ready = folder / "ready"
    if not ready.exists():
        venv.create(folder, with_pip=True, clear=True)
        needs = ["--quiet", "-r", str(HERE / "requirements-xloader.txt")]
        subprocess.run([python, "-m", "pip", "install", *needs], check=True)
        ready.touch()
    return python


def run(python: Path, ini: str, store: str, reader: str, files: tuple[Path, Path]) -> XloaderTimes:
    """One load and one reload, with CKAN's own configuration and the benchmark's DataStore."""
    settings = {
        "CKAN_DATASTORE_WRITE_URL": store,
        "CKAN_DATASTORE_READ_URL": reader,
        "PYTHONPATH": os.pathsep.join([str(ROOT), sysconfig.get_paths()["purelib"]]),
    }
    done = subprocess.run(
        [python, str(HERE / "xloader_run.py"), ini, *map(str, files)],
        env={**os.environ, **settings}, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=False,
    )  # fmt: skip
    if done.returncode:
        sys.exit("xloader did not run: the benchmark needs the test services (python3 -m stack up test)")
    found = json.loads(done.stdout.splitlines()[-1])
    return XloaderTimes(found["first"], found["again"])
