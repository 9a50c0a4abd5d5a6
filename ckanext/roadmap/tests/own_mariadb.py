"""A MariaDB server of one's own."""

from __future__ import annotations

import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pymysql
import pytest

HOST = "127.0.0.1"


@contextmanager
def server(*options: str) -> Iterator[int]:
    """The port of a new server for the length of the block; root needs no password."""
    program = shutil.which("mariadbd") or shutil.which("mariadbd", path="/usr/sbin:/usr/local/sbin")
    if not program or not shutil.which("mariadb-install-db"):
        pytest.skip("no MariaDB server (apt-get install mariadb-server)")
    folder = tempfile.mkdtemp(prefix="roadmap-mariadb-")
    with socket.socket() as free:
        free.bind((HOST, 0))
        port = free.getsockname()[1]
    made = ["mariadb-install-db", "--no-defaults", f"--datadir={folder}", "--user=root", "--skip-test-db"]
    subprocess.run([*made, "--auth-root-authentication-method=normal"], check=True, stdout=subprocess.DEVNULL)
    command = [program, "--no-defaults", f"--datadir={folder}", f"--port={port}", "--user=root"]
    command += [f"--bind-address={HOST}", f"--socket={folder}/s", "--skip-networking=0", *options]
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    try:
        _wait(port)
        yield port
    finally:
        process.terminate()
        process.wait(30)
        shutil.rmtree(folder, ignore_errors=True)


def say(port: int, statement: str, *values: object) -> None:
    """One statement, as root."""
    with pymysql.connect(host=HOST, port=port, user="root", autocommit=True) as connection:
        connection.cursor().execute(statement, values or None)


def _wait(port: int) -> None:
    for _ in range(200):
        try:
            return say(port, "SELECT 1")
        except pymysql.err.OperationalError:
            time.sleep(0.1)
    raise TimeoutError("the server did not start")
