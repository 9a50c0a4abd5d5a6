"""What the machine itself must have: Debian packages, Java, Maven, Python's own parts."""

from __future__ import annotations

import ctypes.util
import importlib.util
import os
import shutil
import sysconfig
from collections.abc import Callable
from pathlib import Path

from stack import java, postgres
from stack.commands import run
from stack.errors import StackError

OFFLINE = (
    "Check the network and /etc/apt/sources.list, or install the packages by hand: apt-get install {names}"
)


def _has_postgres() -> bool:
    try:
        return postgres.bin_folder().exists()
    except StackError:
        return False


def _has_headers() -> bool:
    return (Path(sysconfig.get_path("include")) / "Python.h").exists()


def _has(name: str) -> Callable[[], bool]:
    return lambda: shutil.which(name) is not None


BASE: dict[str, Callable[[], bool]] = {
    "postgresql": _has_postgres,
    "redis-server": _has("redis-server"),
    "libmagic1": lambda: ctypes.util.find_library("magic") is not None,
    "fonts-dejavu-core": lambda: Path("/usr/share/fonts/truetype/dejavu/DejaVuSerif-Bold.ttf").exists(),
    "libpq-dev": _has("pg_config"),
    "gcc": _has("gcc"),
    "libc6-dev": lambda: Path("/usr/include/stdlib.h").exists(),
    "python3-dev": _has_headers,
    "python3-venv": lambda: importlib.util.find_spec("ensurepip") is not None,
}
FOR_TESTS: dict[str, Callable[[], bool]] = {
    "chromium": _has("chromium"),
    "openssh-server": lambda: shutil.which("sshd", path="/usr/sbin:/usr/bin") is not None,
    "mariadb-server-core": lambda: shutil.which("mariadbd", path="/usr/sbin:/usr/bin") is not None,
}


def prepare(*, tests: bool = False) -> None:
    """Install the Debian packages that are missing; Java and Maven must be there."""
    java.java()
    java.maven()
    wanted = {**BASE, **FOR_TESTS} if tests else BASE
    missing = [name for name, is_there in wanted.items() if not is_there()]
    if missing:
        install(missing)


def install(names: list[str]) -> None:
    """Install Debian packages, by sudo if need be."""
    if not shutil.which("apt-get"):
        raise StackError(
            f"Missing: {', '.join(names)}, and there is no apt-get.", "Install them by your system's means."
        )
    remedy = OFFLINE.format(names=" ".join(names))
    before = _as_root(names)
    quiet = {"DEBIAN_FRONTEND": "noninteractive"}
    run([*before, "apt-get", "update", "-q"], remedy=remedy)
    command = ["apt-get", "install", "-y", "-q", "--no-install-recommends", *names]
    run([*before, *command], remedy=remedy, environment=quiet)


def _as_root(names: list[str]) -> list[str]:
    if os.geteuid() == 0:
        return []
    if shutil.which("sudo"):
        return ["sudo"]
    remedy = f"As root, run: apt-get install {' '.join(names)}"
    raise StackError(f"Missing: {', '.join(names)}, and you are neither root nor is there sudo.", remedy)
