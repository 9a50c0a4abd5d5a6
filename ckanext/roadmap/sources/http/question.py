"""What is asked of an address, and what only its own origin may learn."""

from __future__ import annotations

import ssl
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import SplitResult, quote, urlsplit, urlunsplit

import urllib3
from urllib3 import BaseHTTPResponse

from .errors import FetchError

_PLAIN = "!#$%&'()*+,/:;=?@[]~"
_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True, repr=False)
class Credentials:
    """Secrets of one origin: headers, and a TLS context, with a certificate of the portal's or without."""

    headers: Mapping[str, str] = field(default_factory=dict[str, str])
    tls: ssl.SSLContext | None = None
    has_certificate: bool = False


@dataclass(frozen=True, slots=True, repr=False)
class Question:
    """A method, a body, and headers of this question alone.

    :ivar is_glance: whether the head of the answer is enough, whatever its length
    """

    method: str = "GET"
    body: bytes | None = None
    headers: Mapping[str, str] = field(default_factory=dict[str, str])
    is_glance: bool = False

    @property
    def wants_body(self) -> bool:
        """Whether the body of the answer is read."""
        return self.method != "HEAD" and not self.is_glance

    @property
    def is_sent_on(self) -> bool:
        """Whether redirects are followed; what changes or carries something stays where it was sent."""
        return self.method in ("GET", "HEAD")


def parts_of(url: str) -> SplitResult:
    """The parts of an address that may be asked.

    :raises FetchError: it is no address of the web, or carries a name and password
    """
    try:
        parts = urlsplit(url.strip())
        host, _port = parts.hostname, parts.port
    except ValueError as error:
        raise FetchError("fetch_address") from error
    if parts.scheme not in _PORTS or not host or parts.username is not None:
        raise FetchError("fetch_address")
    return parts


def origin_of(parts: SplitResult) -> tuple[str, str, int]:
    """Scheme, host and port."""
    return parts.scheme, (parts.hostname or "").lower(), parts.port or _PORTS[parts.scheme]


def ask(
    pool: urllib3.HTTPConnectionPool, parts: SplitResult, question: Question, own: Credentials
) -> BaseHTTPResponse:
    """Send the question; the body of the answer is still to be read."""
    path = urlunsplit(("", "", quote(parts.path or "/", _PLAIN), quote(parts.query, _PLAIN), ""))
    return pool.urlopen(
        question.method,
        path,
        body=question.body,
        headers={**question.headers, **own.headers},
        retries=False,
        redirect=False,
        preload_content=False,
        decode_content=False,
    )
