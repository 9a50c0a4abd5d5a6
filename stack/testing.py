"""`make test`: services up, all of pytest, services down again, whatever happens."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Sequence
from contextlib import suppress
from types import FrameType

from stack import installation, services
from stack.processes import living_pid
from stack.settings import ROOT, TEST, program

MOST = 8  # processes side by side: each has a portal and a browser of its own
SLOWEST = 20
PATIENCE = 60


def run(arguments: Sequence[str]) -> int:
    """Run pytest with the arguments and return its exit code; services that ran before are left running."""
    installation.install(tests=True)
    ran_before = {file.stem for file in TEST.pids.glob("*.pid") if living_pid(file)}
    signal.signal(signal.SIGTERM, _as_interrupt)
    try:
        services.up(TEST)
        code = _pytest(arguments)
    finally:
        if not ran_before:
            services.stop_all(TEST)
    return code


def options(arguments: Sequence[str], cores: int) -> list[str]:
    """Options of pytest that were left open: a process for each core unless a file is named."""
    told = any(word.startswith(("-n", "--numprocesses")) for word in arguments)
    named = any((ROOT / word.partition("::")[0]).is_file() for word in arguments)
    processes = [] if told or named or cores == 1 else [f"--numprocesses={min(cores, MOST)}"]
    return [*processes, f"--durations={SLOWEST}", *arguments]


def _pytest(arguments: Sequence[str]) -> int:
    own = options(arguments, len(os.sched_getaffinity(0)))
    command = [str(program("pytest")), f"--ckan-ini={TEST.ini}", *own]
    environment = {**os.environ, "PYTHONWARNINGS": "ignore"}
    child = subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.DEVNULL, env=environment, start_new_session=True
    )
    try:
        return child.wait()
    except KeyboardInterrupt:
        _signal_all(child.pid, signal.SIGINT)
        with suppress(subprocess.TimeoutExpired):
            child.wait(timeout=PATIENCE)
        raise
    finally:
        _signal_all(child.pid, signal.SIGKILL)


def _signal_all(group: int, sign: signal.Signals) -> None:
    """Signal pytest's processes and what they started: a group that a terminal does not reach."""
    with suppress(ProcessLookupError):
        os.killpg(group, sign)


def _as_interrupt(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt
