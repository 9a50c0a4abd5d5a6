"""Background processes that are known by pid and start time, so that a recycled pid is never signalled."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from stack.errors import StackError

BOOT = Path("/proc/sys/kernel/random/boot_id")
ZOMBIE = "Z"
# kept so that the interpreter does not warn of children that outlive it
CHILDREN: dict[int, subprocess.Popen[bytes]] = {}


def start_time(pid: int) -> str | None:
    """Boot and clock tick at which a living process began; None if there is none."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return None
    fields = stat.rpartition(")")[2].split()
    return None if fields[0] == ZOMBIE else f"{BOOT.read_text().strip()}:{fields[19]}"


@dataclass(frozen=True)
class Process:
    """One piece of the installation that runs in the background."""

    name: str
    command: Sequence[str]
    pids: Path
    logs: Path
    folder: Path
    environment: Mapping[str, str] = field(default_factory=dict[str, str])
    signal: signal.Signals = signal.SIGTERM
    patience: float = 30

    @property
    def pid_file(self) -> Path:
        """File that holds pid and start time."""
        return self.pids / f"{self.name}.pid"

    @property
    def log(self) -> Path:
        """File that holds what the process printed."""
        return self.logs / f"{self.name}.log"

    def pid(self) -> int | None:
        """Pid of our own living process, or None."""
        return living_pid(self.pid_file)

    def start(self, ready: Callable[[], bool], wait: float = 60) -> None:
        """Start the process and wait until `ready` says yes; raise if it ends or takes too long."""
        self.launch()
        self.wait_for(ready, wait)

    def launch(self) -> None:
        """Start the process, and remember it."""
        self.pids.mkdir(parents=True, exist_ok=True)
        self.logs.mkdir(parents=True, exist_ok=True)
        with self.log.open("ab") as log:
            child = subprocess.Popen(
                self.command,
                cwd=self.folder,
                env={**os.environ, **self.environment},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        CHILDREN[child.pid] = child
        self.pid_file.write_text(f"{child.pid} {start_time(child.pid)}\n")

    def wait_for(self, ready: Callable[[], bool], wait: float) -> None:
        """Wait until `ready` says yes; the process is stopped if that takes too long."""
        deadline = time.monotonic() + wait
        while not ready():
            if self.pid() is None:
                self.pid_file.unlink(missing_ok=True)
                raise StackError(f"{self.name} ended at once:\n{self.tail()}", f"See {self.log}.")
            if time.monotonic() > deadline:
                self.stop()
                raise StackError(
                    f"{self.name} is not ready after {wait:.0f} s:\n{self.tail()}", f"See {self.log}."
                )
            time.sleep(0.1)

    def stop(self) -> bool:
        """End the process; tell whether there was one."""
        return stop(self.pid_file, self.signal, self.patience)

    def tail(self, lines: int = 12) -> str:
        """Last lines of the log."""
        text = self.log.read_text(errors="replace") if self.log.exists() else ""
        return "\n".join(f"    {line}" for line in text.splitlines()[-lines:])


def living_pid(pid_file: Path) -> int | None:
    """Pid written in the file, if the very process that was started still lives."""
    try:
        pid, _, began = pid_file.read_text().strip().partition(" ")
    except FileNotFoundError:
        return None
    return int(pid) if pid.isdigit() and began == start_time(int(pid)) else None


def stop(pid_file: Path, first: signal.Signals = signal.SIGTERM, patience: float = 30) -> bool:
    """End the process of a pid file, by force after `patience` seconds, and forget the file."""
    found = False
    for sign, wait in ((first, patience), (signal.SIGKILL, 5.0)):
        pid = living_pid(pid_file)
        if pid is None:
            break
        found = True
        _signal(pid, pid_file, sign)
        _wait_for_end(pid_file, wait)
    pid_file.unlink(missing_ok=True)
    return found


def _signal(pid: int, pid_file: Path, sign: signal.Signals) -> None:
    """Signal through a descriptor that is bound to the process, after a look that it is still ours."""
    try:
        descriptor = os.pidfd_open(pid)
    except ProcessLookupError:
        return
    try:
        if living_pid(pid_file) == pid:
            signal.pidfd_send_signal(descriptor, sign)
    except ProcessLookupError:
        return
    finally:
        os.close(descriptor)


def _wait_for_end(pid_file: Path, wait: float) -> None:
    deadline = time.monotonic() + wait
    while living_pid(pid_file) is not None and time.monotonic() < deadline:
        time.sleep(0.05)
