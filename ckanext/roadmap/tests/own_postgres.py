"""A PostgreSQL server of one's own, for those who stop it, kill it or measure it."""

from __future__ import annotations

import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from stack.postgres import as_server_user, bin_folder, server_user

HOST = "127.0.0.1"


@dataclass
class Server:
    """The server in its folder; it can be started again after any end."""

    data: Path
    port: int
    options: tuple[str, ...]
    _process: subprocess.Popen[bytes] | None = field(default=None, repr=False)

    @property
    def admin(self) -> str:
        """The superuser's address."""
        return f"postgresql://postgres@{HOST}:{self.port}/postgres"

    def start(self) -> None:
        """Starts it and waits until it answers."""
        command = [*as_server_user(self.data), str(bin_folder() / "postgres"), "-D", str(self.data)]
        command += ["-p", str(self.port), "-c", f"listen_addresses={HOST}", "-c", "unix_socket_directories="]
        log = (self.data.parent / "postgres.log").open("ab")
        self._process = subprocess.Popen([*command, *self.options], cwd="/", stdout=log, stderr=log)
        ready = [str(bin_folder() / "pg_isready"), "-q", "-h", HOST, "-p", str(self.port)]
        for _ in range(600):
            if subprocess.run(ready, check=False).returncode == 0:
                return
            time.sleep(0.1)
        raise TimeoutError("the server did not start")

    def end(self, how: signal.Signals = signal.SIGINT) -> None:
        """Fast shutdown; SIGQUIT is a crash, from which it recovers at the next start."""
        if self._process is not None:
            self._process.send_signal(how)
            self._process.wait(60)
            self._process = None


@contextmanager
def server(*options: str, wal: Path | None = None) -> Iterator[Server]:
    """A new server for the length of the block; *options* are settings such as `fsync=off`.

    :param wal: an empty folder of the server's user for the write-ahead log, in files of one megabyte
    """
    folder = Path(tempfile.mkdtemp(prefix="roadmap-postgres-"))
    user = server_user()
    folder.chmod(0o755)
    data = folder / "data"
    data.mkdir(mode=0o700)
    if user:
        shutil.chown(data, user, user)
    made = [*as_server_user(data), str(bin_folder() / "initdb"), "-D", str(data), "-U", "postgres"]
    made += ["-E", "UTF8", "--locale=C.UTF-8", "--no-sync", "--auth=trust"]
    made += ["-X", str(wal), "--wal-segsize=1"] if wal else []
    subprocess.run(made, cwd="/", check=True, stdout=subprocess.DEVNULL)
    words = tuple(word for option in options for word in ("-c", option))
    own = Server(data, _free_port(), words)
    try:
        own.start()
        yield own
    finally:
        own.end()
        shutil.rmtree(folder, ignore_errors=True)


def _free_port() -> int:
    with socket.socket() as found:
        found.bind((HOST, 0))
        return found.getsockname()[1]
