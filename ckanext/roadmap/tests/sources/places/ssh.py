"""A real OpenSSH server that serves files only, on a port of its own."""

from __future__ import annotations

import getpass
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

SSHD = shutil.which("sshd", path="/usr/sbin:/usr/bin")


@dataclass
class Server:
    """Where it is, which key it has, and the key that opens it."""

    port: int
    fingerprint: str
    key: Path
    folder: Path

    def url(self, **changes: str) -> str:
        """The address as an operator writes it."""
        asked = {"host_key": self.fingerprint, "key_file": str(self.key), "settle": "0.05", **changes}
        query = "&".join(f"{name}={value}" for name, value in asked.items() if value)
        return f"sftp://{getpass.getuser()}:yolgʻon@127.0.0.1:{self.port}{self.folder}/?{query}"


@contextmanager
def serving(folder: Path, base: Path, subsystem: str = "internal-sftp") -> Iterator[Server]:
    """Start it, and end it."""
    if SSHD is None:
        pytest.skip("no sshd (apt-get install openssh-server)")
    if os.geteuid() == 0:
        Path("/run/sshd").mkdir(exist_ok=True)  # the superuser's server wants it
    for name in ("host", "user"):
        subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", base / name], check=True)
    (base / "allowed").write_text((base / "user.pub").read_text())
    (base / "allowed").chmod(0o600)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    config = base / "sshd_config"
    config.write_text(
        f"Port {port}\nListenAddress 127.0.0.1\nHostKey {base / 'host'}\nAuthorizedKeysFile {base / 'allowed'}\n"
        "StrictModes no\nUsePAM no\nPasswordAuthentication no\nKbdInteractiveAuthentication no\n"
        f"PermitRootLogin prohibit-password\nPidFile {base / 'pid'}\nSubsystem sftp {subsystem}\n"
    )
    process = subprocess.Popen([SSHD, "-D", "-e", "-f", config], stderr=(base / "log").open("wb"))
    try:
        _wait(port, process, base / "log")
        shown = subprocess.run(
            ["ssh-keygen", "-lf", base / "host.pub"], capture_output=True, text=True, check=True
        )
        yield Server(port, shown.stdout.split()[1], base / "user", folder)
    finally:
        process.terminate()
        process.wait(10)


def _wait(port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + 20
    while time.monotonic() < until:
        assert process.poll() is None, log.read_text()
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise AssertionError(log.read_text())
