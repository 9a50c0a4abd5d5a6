"""As much of SQL Server's protocol (MS-TDS) as a refusal takes: the real driver speaks to it over a socket."""

from __future__ import annotations

import socketserver
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from ckanext.roadmap.tests.serving import in_a_thread

PRELOGIN, LOGIN, BATCH = 0x12, 0x10, 0x01
NO_TLS = bytes([0, 0, 11, 0, 6, 1, 0, 17, 0, 1, 0xFF]) + bytes([16, 0, 0, 0, 0, 0]) + b"\x02"
DONE = struct.pack("<BHHQ", 0xFD, 0, 0, 0)


@contextmanager
def refusing(number: int, text: str, at: int = LOGIN) -> Iterator[tuple[int, list[str]]]:
    """A server that refuses the login, or the first question after it; its port, and the SQL that came."""
    asked: list[str] = []

    class Handler(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            while (found := _packet(self.request)) is not None:
                kind, body = found
                if kind == BATCH:
                    asked.append(body[struct.unpack("<I", body[:4])[0] :].decode("utf-16-le"))
                self.request.sendall(_answer(kind))

    def _answer(kind: int) -> bytes:
        if kind == PRELOGIN:
            return _framed(NO_TLS)
        if kind == LOGIN and at == LOGIN:
            return _framed(_error(number, text) + DONE)
        if kind == LOGIN:
            return _framed(_taken() + DONE)
        return _framed((_error(number, text) if "@@version" in asked[-1] else b"") + DONE)

    server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    with in_a_thread(server):
        yield server.server_address[1], asked


def _packet(sock: Any) -> tuple[int, bytes] | None:
    """A whole message; None: the other side has gone."""
    body, kind, last = b"", 0, False
    while not last:
        head = _exactly(sock, 8)
        if head is None:
            return None
        kind, status, size = struct.unpack(">BBH", head[:4])
        body, last = body + (_exactly(sock, size - 8) or b""), bool(status & 1)
    return kind, body


def _exactly(sock: Any, size: int) -> bytes | None:
    found = b""
    while len(found) < size:
        piece = sock.recv(size - len(found))
        if not piece:
            return None
        found += piece
    return found


def _framed(body: bytes) -> bytes:
    return struct.pack(">BBHHBB", 0x04, 1, len(body) + 8, 0, 1, 0) + body


def _text(text: str, width: str = "<B") -> bytes:
    return struct.pack(width, len(text)) + text.encode("utf-16-le")


def _error(number: int, text: str) -> bytes:
    inside = (
        struct.pack("<IBB", number, 1, 14)
        + _text(text, "<H")
        + _text("srv")
        + _text("")
        + struct.pack("<I", 1)
    )
    return struct.pack("<BH", 0xAA, len(inside)) + inside


def _taken() -> bytes:
    inside = b"\x01" + bytes([0x74, 0, 0, 4]) + _text("Microsoft SQL Server") + bytes([16, 0, 0, 0])
    return struct.pack("<BH", 0xAD, len(inside)) + inside
