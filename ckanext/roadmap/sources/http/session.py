"""One guarded way to fetch a page: every hop is checked, and everything has a bound."""

from __future__ import annotations

import ssl
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, BinaryIO
from urllib.parse import SplitResult, quote, urljoin, urlsplit, urlunsplit

import urllib3
from urllib3 import BaseHTTPResponse
from urllib3.exceptions import HTTPError, IncompleteRead, ProtocolError, ReadTimeoutError, SSLError

from . import body
from .connection import GuardedPool, GuardedTLSPool, Watch
from .errors import FetchError
from .guard import Guard

REDIRECTS = frozenset({301, 302, 303, 307, 308})
_PLAIN = "!#$%&'()*+,/:;=?@[]~"


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of one fetch, redirects included: bytes, seconds, hops, growth of a body unpacked."""

    bytes: int = 256 * 2**20
    seconds: float = 120.0
    connect_seconds: float = 10.0
    read_seconds: float = 30.0
    redirects: int = 5
    ratio: int = 200


@dataclass(frozen=True, slots=True)
class Fetched:
    """An answer: the address it came from in the end, its status, headers (lower case), size and SHA-256."""

    url: str
    status: int
    headers: Mapping[str, str] = field(default_factory=dict[str, str])
    size: int = 0
    sha256: str = ""


class Session:
    """Fetches addresses of others; `agent` names the portal to them."""

    def __init__(self, guard: Guard, agent: str, limits: Limits | None = None) -> None:
        self.agent = agent
        self._guard, self._limits = guard, limits or Limits()
        self._tls = ssl.create_default_context()

    def fetch(
        self,
        url: str,
        into: BinaryIO,
        headers: Mapping[str, str] | None = None,
        limits: Limits | None = None,
    ) -> Fetched:
        """GET an address and write the body of a successful answer.

        :param headers: for example `If-None-Match`; none of them may be secret, since redirects get them too
        :param limits: bounds of this fetch alone
        :raises FetchError: the address may not be fetched, does not answer, or answers beyond the bounds
        """
        limits = limits or self._limits
        sent = {"User-Agent": self.agent, "Accept": "*/*", "Accept-Encoding": "gzip", **(headers or {})}
        with Watch(self._guard, limits.seconds) as watch:
            try:
                return self._follow(url, into, sent, limits, watch)
            except (HTTPError, OSError, ValueError) as error:
                watch.check()
                raise _told(error) from error

    def _follow(
        self, url: str, into: BinaryIO, headers: Mapping[str, str], limits: Limits, watch: Watch
    ) -> Fetched:
        for _ in range(limits.redirects + 1):
            parts = _parts(url)
            with self._pool(parts, limits, watch) as pool:
                answer = _ask(pool, parts, headers)
                onward = answer.headers.get("Location") if answer.status in REDIRECTS else None
                if onward is None:
                    return _taken(url, answer, into, limits, watch)
                answer.close()
            watch.check()
            url = urljoin(url, onward)
        raise FetchError("fetch_redirects", most=limits.redirects)

    def _pool(self, parts: SplitResult, limits: Limits, watch: Watch) -> urllib3.HTTPConnectionPool:
        timeout = urllib3.Timeout(
            connect=limits.connect_seconds, read=min(limits.read_seconds, limits.seconds)
        )
        asked: dict[str, Any] = {"timeout": timeout, "maxsize": 1, "watch": watch}
        asked["seconds"] = limits.connect_seconds
        host = parts.hostname or ""
        if parts.scheme == "https":
            return GuardedTLSPool(host, parts.port or 443, ssl_context=self._tls, **asked)
        return GuardedPool(host, parts.port or 80, **asked)


def _parts(url: str) -> SplitResult:
    """The parts of an address that may be asked.

    :raises FetchError: it is no address of the web, or carries a name and password
    """
    try:
        parts = urlsplit(url.strip())
        host, _port = parts.hostname, parts.port
    except ValueError as error:
        raise FetchError("fetch_address") from error
    if parts.scheme not in ("http", "https") or not host or parts.username is not None:
        raise FetchError("fetch_address")
    return parts


def _ask(
    pool: urllib3.HTTPConnectionPool, parts: SplitResult, headers: Mapping[str, str]
) -> BaseHTTPResponse:
    path = urlunsplit(("", "", quote(parts.path or "/", _PLAIN), quote(parts.query, _PLAIN), ""))
    return pool.urlopen(
        "GET",
        path,
        headers=dict(headers),
        retries=False,
        redirect=False,
        preload_content=False,
        decode_content=False,
    )


def _taken(url: str, answer: BaseHTTPResponse, into: BinaryIO, limits: Limits, watch: Watch) -> Fetched:
    headers = {name.lower(): value for name, value in answer.headers.items()}
    size, digest = 0, ""
    try:
        if 200 <= answer.status < 300:
            size, digest = body.read(answer, into, body.Bounds(limits.bytes, limits.ratio), watch)
    finally:
        answer.close()
    return Fetched(url, answer.status, headers, size, digest)


def _told(error: Exception) -> FetchError:
    """The fault of a connection by its kind; never in the words of the other side."""
    if isinstance(error, SSLError | ssl.SSLError):
        return FetchError("fetch_certificate")
    if isinstance(error, ReadTimeoutError | TimeoutError):
        return FetchError("fetch_silent")
    if isinstance(error, IncompleteRead):
        return FetchError("fetch_broken_off")
    if isinstance(error, ProtocolError):
        return FetchError("fetch_broken_off")
    return FetchError("fetch_no_answer")
