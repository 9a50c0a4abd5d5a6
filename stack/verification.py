"""`make check`: each check is one line; what a failed one printed follows at the end."""

from __future__ import annotations

import shutil
import subprocess
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from stack.progress import say
from stack.settings import ROOT, program


@dataclass(frozen=True)
class Check:
    """One check: a command, and what must be there for it to make sense."""

    title: str
    command: Sequence[str | Path]
    absent: Callable[[], str] = lambda: ""


def _python(title: str, *words: str, needs: str = "") -> Check:
    def absent() -> str:
        return "" if not needs or (ROOT / needs).exists() else f"{needs} is not there"

    return Check(title, [program("python"), *words], absent)


def _no_compose() -> str:
    if not shutil.which("docker"):
        return "there is no docker client"
    answer = subprocess.run(["docker", "compose", "version"], capture_output=True, check=False)
    return "" if answer.returncode == 0 else "the docker client has no compose"


DOCKER = ROOT / "docker"
COMPOSE = DOCKER / "compose.yaml"
CHECKS = (
    Check("ruff", [program("ruff"), "check", "."]),
    Check("format", [program("ruff"), "format", "--check", "."]),
    Check("types", [program("pyright")]),
    Check("rooms", [program("lint-imports")]),
    _python("budgets", "-m", "tools.budgets"),
    _python("translations", "-m", "tools.translations", "check"),
    Check("documentation", [program("mkdocs"), "build", "--strict"]),
    Check("changes", [program("towncrier"), "build", "--draft", "--version", "0"]),
    Check("entrypoint", ["bash", "-n", DOCKER / "entrypoint.sh"]),
    Check("dockerfile", [program("hadolint"), "-c", DOCKER / "hadolint.yaml", DOCKER / "Dockerfile"]),
    Check(
        "compose", ["docker", "compose", "-f", COMPOSE, "config", "-q", "--no-env-resolution"], _no_compose
    ),
)


def run() -> int:
    """Run every check; return how many failed."""
    failed: list[tuple[str, str]] = []
    for check in CHECKS:
        output = _run(check)
        if output is not None:
            failed.append((check.title, output))
    for title, output in failed:
        say(f"\n--- {title} ---\n{output.strip()}")
    skipped = sum(bool(check.absent()) for check in CHECKS)
    say(f"\nChecks: {len(CHECKS) - len(failed) - skipped} passed, {len(failed)} failed, {skipped} skipped.")
    return len(failed)


def _run(check: Check) -> str | None:
    """Run one check and print its line; return what it printed if it failed."""
    reason = check.absent()
    if reason:
        say(f"  {check.title:<14} skipped: {reason}")
        return None
    began = time.monotonic()
    result = subprocess.run(
        [str(word) for word in check.command],
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    word = "passed" if result.returncode == 0 else "FAILED"
    say(f"  {check.title:<14} {word} ({time.monotonic() - began:.1f} s)")
    return result.stdout if result.returncode else None
