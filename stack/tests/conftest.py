from __future__ import annotations

import signal
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from stack.processes import Process, stop
from stack.settings import Ports, Settings


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.setattr("stack.settings.VAR", tmp_path)
    return Settings("demo", Ports(1, 2, 3, 4), durable=True)


@pytest.fixture
def sleeper(tmp_path: Path) -> Iterator[Callable[..., Process]]:
    made: list[Process] = []

    def make(code: str = "import time; time.sleep(60)", **options: object) -> Process:
        command = [sys.executable, "-c", code]
        piece = Process("sleeper", command, tmp_path / "pids", tmp_path / "logs", tmp_path, **options)  # type: ignore[arg-type]
        made.append(piece)
        return piece

    yield make
    for piece in made:
        stop(piece.pid_file, signal.SIGKILL)
