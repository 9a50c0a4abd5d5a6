"""The portal and its workers as real processes, from a configuration of their own."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Generator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import redis
import requests

import ckan.plugins.toolkit as tk

from ckanext.roadmap.tests.redis_content import everything_in_redis

CKAN = Path(sys.executable).with_name("ckan")
START_SECONDS = 90


class Portal:
    """One portal: its commands, its processes, its API."""

    def __init__(self, folder: Path, ini: Path, port: int) -> None:
        self.ini, self.folder, self.port = ini, folder, port
        self.url = f"http://127.0.0.1:{port}"
        self.processes: dict[str, subprocess.Popen[bytes]] = {}

    def command(self, *words: str, fails: bool = False) -> str:
        """Run `ckan …` to its end, and give what it printed."""
        done = subprocess.run(
            [CKAN, "-c", self.ini, *words], capture_output=True, text=True, timeout=300, check=False
        )
        (self.folder / "commands.log").open("a").write(f"{words}\n{done.stdout}\n{done.stderr}\n")
        assert (done.returncode != 0) == fails, done.stdout + done.stderr
        return done.stdout + done.stderr

    def start(self, name: str, *words: str, within: Sequence[str] = ()) -> None:
        """Start `ckan …` and leave it running, in a process group of its own.

        :param within: a command that starts the one that follows it
        """
        log = (self.folder / f"{name}.log").open("ab")
        self.processes[name] = subprocess.Popen(
            [*within, CKAN, "-c", self.ini, *words],
            stdout=log,
            stderr=log,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
        )

    def start_web(self) -> None:
        """Start the web process and wait until it answers."""
        self.start("web", "run", "--host", "127.0.0.1", "--port", str(self.port), "--disable-reloader")
        wait_until(self._answers, START_SECONDS, "the web process does not answer")

    def start_workers(self) -> None:
        """Start the harvest worker and one worker for each lane of loads."""
        self.start("harvest", "roadmap", "worker", "harvest", "--schedule-every", "0")
        for lane in ("roadmap-fast", "roadmap-bulk"):
            self.start(lane, "jobs", "worker", lane)

    def kill(self, name: str) -> None:
        """Kill a process and all that it started, as a power cut would."""
        process = self.processes.pop(name)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    def stop(self) -> None:
        """Stop everything that was started."""
        for process in self.processes.values():
            with suppress(ProcessLookupError):  # it has ended by itself
                os.killpg(process.pid, signal.SIGTERM)
        for name, process in list(self.processes.items()):
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                self.kill(name)

    def api(self, action: str, **data: Any) -> Any:
        """Call an action as the public does."""
        answer = requests.get(f"{self.url}/api/3/action/{action}", params=data, timeout=60)
        answer.raise_for_status()
        return answer.json()["result"]

    def page(self, path: str) -> str:
        """The body of a page."""
        answer = requests.get(f"{self.url}{path}", timeout=60)
        answer.raise_for_status()
        return answer.text

    def logs(self) -> str:
        """All that the processes wrote."""
        return "\n".join(path.read_text(errors="replace") for path in self.folder.glob("*.log"))

    def _answers(self) -> bool:
        process = self.processes["web"]
        assert process.poll() is None, (self.folder / "web.log").read_text()
        try:
            return "true" in self.page("/api/3/action/status_show")
        except requests.RequestException:
            return False


def traces(portal: Portal) -> dict[str, str]:
    """All that a portal keeps and shows of its loads, by place: a secret must be in none."""
    places = {"logs": portal.logs()}
    for option in ("sqlalchemy.url", "ckan.datastore.write_url"):
        dump = subprocess.run(["pg_dump", "--dbname", tk.config[option]], capture_output=True, check=True)
        places[option] = dump.stdout.decode()
    places["redis"] = everything_in_redis()
    for path in ("/compliance/runs", "/harvest", "/systems"):
        places[path] = portal.page(f"/en{path}")
    return places


def wait_until(condition: Any, seconds: float, problem: str) -> Any:
    """Wait until a condition holds, and give what it gave."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if found := condition():
            return found
        time.sleep(0.2)
    raise AssertionError(f"after {seconds} s: {problem}")


@contextmanager
def running(folder: Path, options: Mapping[str, object]) -> Generator[Portal]:
    """A portal with these options beside those of the tests: its web process and its workers, until the end."""
    port = free_port()
    lines = {
        "use": f"config:{tk.config['__file__']}",
        "ckan.site_url": f"http://127.0.0.1:{port}",
        "ckan.storage_path": folder / "storage",
        **options,
    }
    ini = folder / "portal.ini"
    ini.write_text("[app:main]\n" + "\n".join(f"{name} = {value}" for name, value in lines.items()))
    (folder / "logs").mkdir()
    redis.Redis.from_url(tk.config["ckan.redis.url"]).flushdb()
    portal = Portal(folder / "logs", ini, port)
    try:
        portal.start_web()
        portal.start_workers()
        yield portal
    finally:
        portal.stop()


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
