"""Certificates: what the other side showed, and why one was not taken."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509

from ckanext.roadmap.sources.errors import SourceError
from ckanext.roadmap.sources.look import Sign

SOON = timedelta(days=30)
ENDED, OTHER_NAME, NO_ISSUER = (10,), (62, 63, 64), (2, 18, 19, 20, 21)
"""Numbers of faults in X.509, as OpenSSL has them."""


@dataclass(frozen=True, slots=True)
class Peer:
    """The other side of a connection over TLS.

    :ivar until: end of its certificate
    """

    until: datetime
    protocol: str


def peer_of(sock: object) -> Peer | None:
    """Who is at the other end; None: it was not asked for a certificate."""
    if not isinstance(sock, ssl.SSLSocket):
        return None
    shown = sock.getpeercert()
    until = shown.get("notAfter") if shown else None
    if not isinstance(until, str):
        return None
    return Peer(datetime.fromtimestamp(ssl.cert_time_to_seconds(until), UTC), sock.version() or "TLS")


def fault_of(error: BaseException) -> str:
    """The code of a fault of TLS."""
    for one in _chain(error):
        number = getattr(one, "verify_code", None)
        if number in ENDED:
            return "fetch_certificate_ended"
        if number in OTHER_NAME:
            return "fetch_certificate_name"
        if number in NO_ISSUER:
            return "fetch_certificate_issuer"
        if isinstance(one, ssl.SSLError) and "ALERT" in (one.reason or "") and "CERT" in (one.reason or ""):
            return "fetch_certificate_wanted"
    return "fetch_certificate"


def _chain(error: BaseException) -> Iterator[BaseException]:
    """The error and what it was made of."""
    here: BaseException | None = error
    while here is not None:
        yield here
        inner = here.args[0] if here.args and isinstance(here.args[0], BaseException) else None
        here = inner or here.__cause__ or here.__context__


def require_lasting(path: str, now: datetime) -> tuple[Sign, ...]:
    """What is to be told of the certificate that is shown to the other side; none is needed.

    :raises SourceError: it has ended; the other side would refuse it without a word
    """
    if not path or (until := _end_of(path)) is None:
        return ()
    if until <= now:
        raise SourceError(
            "check_own_certificate_ended", f"The certificate of the connection ended on {until:%Y-%m-%d}.",
            "Ask the keeper of the source for a new one; put it in the place of certificate_file.",
            until=f"{until:%Y-%m-%d}",
        )  # fmt: skip
    if until - now >= SOON:
        return ()
    return (Sign("check_own_certificate_ends", True, until=f"{until:%Y-%m-%d}", days=(until - now).days),)


def _end_of(path: str) -> datetime | None:
    """None: the file can't be read, which is told when it is used."""
    try:
        return x509.load_pem_x509_certificate(Path(path).read_bytes()).not_valid_after_utc
    except (OSError, ValueError):
        return None
