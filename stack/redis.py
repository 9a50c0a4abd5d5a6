"""A Redis server of our own."""

from __future__ import annotations

import shutil

from stack import ports
from stack.errors import StackError
from stack.processes import Process
from stack.settings import HOST, Settings

TEST_DATABASES = 64


def process(settings: Settings) -> Process:
    """Return the server as a background process."""
    data = settings.data / "redis"
    saving = (
        ("--appendonly", "yes", "--save", "900 1")
        if settings.durable
        else ("--save", "", "--databases", str(TEST_DATABASES))
    )
    command = [
        shutil.which("redis-server") or "redis-server",
        *("--bind", HOST, "--port", str(settings.ports.redis), "--dir", str(data), "--daemonize", "no"),
        *saving,
    ]
    return Process("redis", command, settings.pids, settings.logs, data)


def start(settings: Settings) -> bool:
    """Start the server unless it runs; tell whether it was started."""
    server = process(settings)
    if server.pid():
        return False
    if not shutil.which("redis-server"):
        raise StackError("redis-server is missing.", "Run: apt-get install redis-server")
    ports.require_free(settings.ports.redis, "Redis")
    server.folder.mkdir(parents=True, exist_ok=True)
    server.start(lambda: ports.answers(settings.ports.redis))
    return True
