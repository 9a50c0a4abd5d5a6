"""The virtual environment var/venv, under CKAN's own pins."""

from __future__ import annotations

import sys

from stack import stamps
from stack.commands import run
from stack.settings import ROOT, VENV, program

OFFLINE = "The package index cannot be reached: check the network (or pip.conf), then try again."


def install(*, tests: bool = False) -> None:
    """Create the environment and install what the requirement files ask for, if they changed since."""
    if not program("python").exists():
        run([sys.executable, "-m", "venv", VENV], remedy="Run: apt-get install python3-venv")
    _install("runtime", ["requirements.txt"], f"ckan[requirements]=={ckan_version()}")
    if tests:
        _install(
            "tests", ["dev-requirements.txt", "requirements.txt"], f"ckan[requirements,dev]=={ckan_version()}"
        )
    _install_project()


def ckan_version() -> str:
    """CKAN's version, as pinned in constraints.txt."""
    lines = (ROOT / "constraints.txt").read_text().splitlines()
    return next(line.partition("==")[2] for line in lines if line.startswith("ckan=="))


def _install(name: str, files: list[str], ckan: str) -> None:
    paths = [ROOT / file for file in [*files, "constraints.txt"]]
    value = stamps.digest([*paths, sys.version, ckan])
    if stamps.is_fresh(VENV / f"{name}.stamp", value):
        return
    options = ["-q", "--disable-pip-version-check", "-c", ROOT / "constraints.txt"]
    command = [program("python"), "-m", "pip", "install", *options]
    run([*command, "setuptools>=77", "wheel", ckan, "-r", ROOT / files[0]], remedy=OFFLINE)
    stamps.write(VENV / f"{name}.stamp", value)


def _install_project() -> None:
    value = stamps.digest([ROOT / "pyproject.toml", ROOT / "setup.py", str(ROOT)])
    if stamps.is_fresh(VENV / "project.stamp", value):
        return
    options = ["-q", "--disable-pip-version-check", "--no-build-isolation", "--no-deps"]
    run([program("python"), "-m", "pip", "install", *options, "-e", ROOT], remedy=OFFLINE)
    stamps.write(VENV / "project.stamp", value)
