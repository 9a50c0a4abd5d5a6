"""Is a port free, and if not: whose is it?"""

from __future__ import annotations

import os
import socket
from pathlib import Path

from stack.errors import StackError
from stack.settings import HOST

LISTENING = "0A"


def answers(port: int) -> bool:
    """Tell whether something accepts connections at the port."""
    with socket.socket() as client:
        client.settimeout(1)
        return client.connect_ex((HOST, port)) == 0


def is_free(port: int) -> bool:
    """Tell whether the port can be bound."""
    with socket.socket() as server:
        server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            server.bind((HOST, port))
        except OSError:
            return False
    return True


def require_free(port: int, piece: str) -> None:
    """Raise an error that names the holder if the port is taken."""
    if is_free(port):
        return
    pid = holder(port)
    whose = f"process {pid} ({command_line(pid)})" if pid else "another process"
    remedy = f"Stop it (kill {pid}), then try again." if pid else f"Find it with: ss -ltnp 'sport = :{port}'"
    raise StackError(f"Port {port}, which {piece} needs, is taken by {whose}.", remedy)


def holder(port: int) -> int | None:
    """Pid of the process that listens at the port, if it can be known."""
    inodes = _listening_inodes(port)
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit() and inodes & _sockets_of(entry):
            return int(entry.name)
    return None


def command_line(pid: int) -> str:
    """Return the command line of a process, shortened."""
    try:
        words = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
    except OSError:
        return "unknown command"
    return b" ".join(words).decode(errors="replace").strip()[:80]


def _listening_inodes(port: int) -> set[str]:
    found: set[str] = set()
    for table in (Path("/proc/net/tcp"), Path("/proc/net/tcp6")):
        if not table.exists():
            continue
        for line in table.read_text().splitlines()[1:]:
            fields = line.split()
            if fields[3] == LISTENING and int(fields[1].rsplit(":", 1)[1], 16) == port:
                found.add(f"socket:[{fields[9]}]")
    return found


def _sockets_of(process: Path) -> set[str]:
    found: set[str] = set()
    try:
        for descriptor in (process / "fd").iterdir():
            found.add(os.readlink(descriptor))
    except OSError:
        return found
    return found
