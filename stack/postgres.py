"""A PostgreSQL cluster of our own, beside any that the machine has."""

from __future__ import annotations

import os
import shutil
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from stack import ports, secrets_file
from stack.commands import run
from stack.errors import StackError
from stack.processes import Process
from stack.settings import HOST, Settings

SYSTEM_USER = "postgres"
FAST = ("-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off")
PATH_CAPABILITY = "+dac_read_search"


def bin_folder() -> Path:
    """Folder of the newest PostgreSQL server programs."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if found:
        return found[-1].parent
    on_path = shutil.which("initdb")
    if on_path:
        return Path(on_path).resolve().parent
    raise StackError("PostgreSQL's server programs are missing.", "Run: apt-get install postgresql")


def server_user() -> str | None:
    """User the server runs as: PostgreSQL refuses root, so root hands over to `postgres`."""
    return SYSTEM_USER if os.geteuid() == 0 else None


def data_folder(settings: Settings) -> Path:
    """Folder of the cluster."""
    return settings.data / "postgres"


def process(settings: Settings) -> Process:
    """Return the server as a background process."""
    data = data_folder(settings)
    command = [
        *as_server_user(data),
        str(bin_folder() / "postgres"),
        *("-D", str(data), "-p", str(settings.ports.postgres)),
        *("-c", f"listen_addresses={HOST}", "-c", "max_connections=200", "-c", "unix_socket_directories="),
        *(() if settings.durable else FAST),
    ]
    # the working folder is / because the server's user may not enter the one this command was given in
    return Process("postgres", command, settings.pids, settings.logs, Path("/"), signal=signal.SIGINT)


def as_server_user(data: Path) -> list[str]:
    """Words before a command that make it run as the server's user, able to reach the data folder."""
    user = server_user()
    if user is None:
        return []
    words = ["setpriv", f"--reuid={user}", f"--regid={user}", "--init-groups"]
    if not _can_reach(data):
        words += [f"--inh-caps={PATH_CAPABILITY}", f"--ambient-caps={PATH_CAPABILITY}"]
    return words


def _can_reach(folder: Path) -> bool:
    existing = [parent for parent in folder.parents if parent.exists()]
    return all(parent.stat().st_mode & 0o001 for parent in existing)


def create(settings: Settings) -> None:
    """Create the cluster unless it is there; a half-made one is begun anew."""
    data = data_folder(settings)
    if (data / "roadmap-ready").exists():
        return
    if data.exists():
        shutil.rmtree(data)
    data.mkdir(parents=True, mode=0o700)
    user = server_user()
    if user:
        shutil.chown(data, user, user)
    options = ["-U", "postgres", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"]
    with _password_option(settings) as authentication:
        run(
            [*as_server_user(data), bin_folder() / "initdb", "-D", data, *options, *authentication],
            folder=Path("/"),
        )
    (data / "roadmap-ready").touch()


@contextmanager
def _password_option(settings: Settings) -> Iterator[list[str]]:
    """Trust in the tests; else a superuser's password in a file that is gone right after."""
    if not settings.durable:
        yield ["--auth=trust"]
        return
    file = settings.data / "postgres.password"
    secrets_file.write_private(file, secrets_file.read(settings)["superuser"])
    user = server_user()
    if user:
        shutil.chown(file, user)
    try:
        yield ["--auth=scram-sha-256", f"--pwfile={file}"]
    finally:
        file.unlink()


def start(settings: Settings) -> bool:
    """Start the server unless it runs; tell whether it was started."""
    server = process(settings)
    if server.pid():
        return False
    ports.require_free(settings.ports.postgres, "PostgreSQL")
    create(settings)
    _let_crashed_one_go(data_folder(settings))
    server.start(lambda: is_ready(settings))
    return True


def _let_crashed_one_go(data: Path, patience: float = 10) -> None:
    """Wait until a server that was killed has left the process table: its lock file holds until then."""
    lock = data / "postmaster.pid"
    deadline = time.monotonic() + patience
    while lock.exists() and time.monotonic() < deadline:
        if not Path("/proc", lock.read_text().split()[0]).exists():
            return
        time.sleep(0.1)


def is_ready(settings: Settings) -> bool:
    """Tell whether the server accepts connections."""
    try:
        run([bin_folder() / "pg_isready", "-q", "-h", HOST, "-p", str(settings.ports.postgres)])
    except StackError:
        return False
    return True


def psql(settings: Settings, sql: str, database: str = "postgres") -> str:
    """Run SQL as the cluster's superuser and return the bare result."""
    environment = {"PGPASSWORD": secrets_file.read(settings)["superuser"]} if settings.durable else {}
    return run(
        [
            bin_folder() / "psql",
            *("-h", HOST, "-p", str(settings.ports.postgres), "-U", "postgres", "-d", database),
            *("-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-f", "-"),
        ],
        stdin=sql,
        environment={**environment, "PGOPTIONS": "-c client_min_messages=warning"},
    ).strip()
