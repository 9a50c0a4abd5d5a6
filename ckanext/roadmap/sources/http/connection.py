"""Connections that look at the address they are about to reach, after the name was resolved."""

from __future__ import annotations

import contextlib
import socket
import threading
import time
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Self

from urllib3 import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.connection import HTTPConnection, HTTPSConnection

from .certificate import Peer, peer_of
from .errors import FetchError
from .guard import Guard


@dataclass(slots=True)
class Watch:
    """Ends a fetch when its time is over, wherever it stands: its sockets are shut from another thread."""

    guard: Guard
    seconds: float
    is_over: bool = False
    peer: Peer | None = None
    _sockets: list[socket.socket] = field(default_factory=list[socket.socket])
    _timer: threading.Timer | None = None
    _ends: float = 0.0

    def __enter__(self) -> Self:
        self._ends = time.monotonic() + self.seconds
        self._timer = threading.Timer(self.seconds, self._end)
        self._timer.daemon = True
        self._timer.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._timer is not None:
            self._timer.cancel()
        for sock in self._sockets:
            sock.close()

    @property
    def left(self) -> float:
        """Seconds that are left."""
        return max(0.0, self._ends - time.monotonic())

    def keep(self, sock: socket.socket) -> None:
        """Shut this socket too when the time is over (a second handle: TLS takes the first one over)."""
        self._sockets.append(sock.dup())
        if self.is_over:
            self._end()

    def check(self) -> None:
        """Raise the error of a fetch whose time is over."""
        if self.is_over or not self.left:
            raise FetchError("fetch_too_slow", seconds=self.seconds)

    def _end(self) -> None:
        self.is_over = True
        for sock in list(self._sockets):
            with contextlib.suppress(OSError):
                sock.shutdown(socket.SHUT_RDWR)


def connect(host: str, port: int, seconds: float, watch: Watch) -> socket.socket:
    """Connect to a host by one of its addresses; the name is resolved once, and what it gave is checked.

    :raises FetchError: a forbidden address is among them, or none answers
    """
    try:
        found = socket.getaddrinfo(host.strip("[]"), port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise FetchError("fetch_no_host", host=host) from error
    places = [(family, place) for family, _kind, _protocol, _name, place in found]
    if not all(watch.guard.permits(str(place[0])) for _, place in places):
        raise FetchError("fetch_forbidden", host=host)
    for family, place in places:
        watch.check()
        sock = socket.socket(family, socket.SOCK_STREAM)
        sock.settimeout(min(seconds, watch.left) or 0.001)
        try:
            sock.connect(place)
        except OSError:
            sock.close()
            continue
        return _checked(sock, host, watch)
    watch.check()
    raise FetchError("fetch_no_answer", host=host)


def _checked(sock: socket.socket, host: str, watch: Watch) -> socket.socket:
    """The last word has the address at the other end."""
    if not watch.guard.permits(str(sock.getpeername()[0])):
        sock.close()
        raise FetchError("fetch_forbidden", host=host)
    sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    watch.keep(sock)
    return sock


class GuardedConnection(HTTPConnection):
    """HTTP over a checked socket."""

    def __init__(self, *args: Any, watch: Watch, seconds: float, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._watch, self._seconds = watch, seconds

    def _new_conn(self) -> socket.socket:
        return connect(self.host, self.port or 80, self._seconds, self._watch)


class GuardedTLSConnection(HTTPSConnection):
    """HTTPS over a checked socket; the certificate is checked for the host's name."""

    def __init__(self, *args: Any, watch: Watch, seconds: float, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)  # pyright: ignore[reportUnknownMemberType]
        self._watch, self._seconds = watch, seconds

    def _new_conn(self) -> socket.socket:
        return connect(self.host, self.port or 443, self._seconds, self._watch)

    def connect(self) -> None:
        """Connect, and remember who showed which certificate."""
        super().connect()
        self._watch.peer = peer_of(self.sock)


class GuardedPool(HTTPConnectionPool):
    """Makes guarded connections."""

    ConnectionCls = GuardedConnection  # pyright: ignore[reportAssignmentType]


class GuardedTLSPool(HTTPSConnectionPool):
    """Makes guarded connections over TLS."""

    ConnectionCls = GuardedTLSConnection  # pyright: ignore[reportAssignmentType]
