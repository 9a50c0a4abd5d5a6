"""One guarded way out to the web: every hop is checked, and everything has a bound."""

from __future__ import annotations

import ssl
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any, BinaryIO
from urllib.parse import SplitResult, urljoin

import urllib3
from urllib3 import BaseHTTPResponse
from urllib3.exceptions import HTTPError, IncompleteRead, ProtocolError, ReadTimeoutError, SSLError

from . import body
from .certificate import Peer, fault_of
from .connection import GuardedPool, GuardedTLSPool, Watch
from .errors import FetchError
from .guard import Guard
from .question import Credentials, Question, ask, origin_of, parts_of

REDIRECTS = frozenset({301, 302, 303, 307, 308})


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
    """An answer: the address it came from in the end, its status, headers (lower case), size and SHA-256.

    :ivar peer: who gave it, over TLS
    """

    url: str
    status: int
    headers: Mapping[str, str] = field(default_factory=dict[str, str])
    size: int = 0
    sha256: str = ""
    peer: Peer | None = None


Began = Callable[[Fetched], None]


@dataclass(frozen=True, slots=True)
class _Told:
    """What one fetch is about."""

    into: BinaryIO
    question: Question
    began: Began | None


class Session:
    """Fetches addresses of others; `agent` names the portal to them."""

    def __init__(self, guard: Guard, agent: str, limits: Limits | None = None) -> None:
        self.agent = agent
        self._guard, self._limits = guard, limits or Limits()

    def fetch(
        self,
        url: str,
        into: BinaryIO,
        headers: Mapping[str, str] | None = None,
        limits: Limits | None = None,
        credentials: Credentials | None = None,
        question: Question | None = None,
        began: Began | None = None,
    ) -> Fetched:
        """Ask an address and write the body of a successful answer.

        :param headers: for example `If-None-Match`; none of them may be secret, since redirects get them too
        :param limits: bounds of this fetch alone
        :param credentials: what the address's own origin gets, and no other that it sends on to
        :param question: another one than GET; only GET and HEAD are sent on
        :param began: is told of the answer before its body comes, and may refuse it
        :raises FetchError: the address may not be fetched, does not answer, or answers beyond the bounds
        """
        limits, question = limits or self._limits, question or Question()
        sent = {"User-Agent": self.agent, "Accept": "*/*", "Accept-Encoding": "gzip", **(headers or {})}
        question = replace(question, headers={**sent, **question.headers})
        with Watch(self._guard, limits.seconds) as watch:
            try:
                told = _Told(into, question, began)
                return self._follow(url, told, limits, watch, credentials or Credentials())
            except (HTTPError, OSError, ValueError) as error:
                watch.check()
                raise _told(error) from error

    def _follow(self, url: str, told: _Told, limits: Limits, watch: Watch, known: Credentials) -> Fetched:
        home = origin_of(parts_of(url))
        for _ in range(limits.redirects + 1):
            parts = parts_of(url)
            own = known if origin_of(parts) == home else Credentials()
            with self._pool(parts, limits, watch, own) as pool:
                answer = ask(pool, parts, told.question, own)
                onward = answer.headers.get("Location") if answer.status in REDIRECTS else None
                if onward is None or not told.question.is_sent_on:
                    return _taken(url, answer, told, limits, watch)
                answer.close()
            watch.check()
            watch.peer, url = None, urljoin(url, _kept(onward))
        raise FetchError("fetch_redirects", most=limits.redirects)

    def _pool(
        self, parts: SplitResult, limits: Limits, watch: Watch, own: Credentials
    ) -> urllib3.HTTPConnectionPool:
        timeout = urllib3.Timeout(
            connect=limits.connect_seconds, read=min(limits.read_seconds, limits.seconds)
        )
        asked: dict[str, Any] = {"timeout": timeout, "maxsize": 1, "watch": watch}
        asked["seconds"] = limits.connect_seconds
        host = parts.hostname or ""
        if parts.scheme == "https":
            return GuardedTLSPool(host, parts.port or 443, ssl_context=own.tls or _trusted(), **asked)
        return GuardedPool(host, parts.port or 80, **asked)


@cache
def _trusted() -> ssl.SSLContext:
    """The authorities of the system: to read them takes longer than a question, so a process does it once."""
    return ssl.create_default_context()


def _taken(url: str, answer: BaseHTTPResponse, told: _Told, limits: Limits, watch: Watch) -> Fetched:
    headers = {name.lower(): _kept(value) for name, value in answer.headers.items()}
    size, digest = 0, ""
    try:
        if told.began:
            told.began(Fetched(url, answer.status, headers))
        if 200 <= answer.status < 300 and told.question.wants_body:
            size, digest = body.read(answer, told.into, body.Bounds(limits.bytes, limits.ratio), watch)
    finally:
        answer.close()
    return Fetched(url, answer.status, headers, size, digest, watch.peer)


def _kept(value: str) -> str:
    """What a header says, less what no database keeps."""
    return value.replace("\0", "")


def _told(error: Exception) -> FetchError:
    """The fault of a connection by its kind; never in the words of the other side."""
    if isinstance(error, SSLError | ssl.SSLError):
        return FetchError(fault_of(error))
    if isinstance(error, ReadTimeoutError | TimeoutError):
        return FetchError("fetch_silent")
    if isinstance(error, IncompleteRead):
        return FetchError("fetch_broken_off")
    if isinstance(error, ProtocolError):
        return FetchError("fetch_broken_off")
    return FetchError("fetch_no_answer")
