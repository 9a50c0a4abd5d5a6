"""Name, password, key and certificate of a connection, as what its own origin gets."""

from __future__ import annotations

import base64
import ssl
from collections.abc import Mapping
from urllib.parse import unquote, urlsplit, urlunsplit

from ckanext.roadmap.sources.errors import SourceError

from .question import Credentials


def without_login(url: str) -> str:
    """The address without the name and password that it carries, and without our own prefix of its kind."""
    parts = urlsplit(url)
    scheme = parts.scheme.rpartition("+")[2]
    return urlunsplit((scheme, parts.netloc.rpartition("@")[2], parts.path, parts.query, ""))


def credentials_of(url: str, options: Mapping[str, str]) -> Credentials:
    """What a connection's address and options let the portal show.

    Options: `token` (bearer), `api_key` with `api_key_header`, `certificate_file` with `certificate_key_file`
    (mutual TLS), `ca_file` (the ministry's own authority).
    """
    parts = urlsplit(url)
    headers: dict[str, str] = {}
    if parts.username is not None:
        pair = f"{unquote(parts.username)}:{unquote(parts.password or '')}"
        headers["Authorization"] = "Basic " + base64.b64encode(pair.encode()).decode()
    if token := options.get("token"):
        headers["Authorization"] = f"Bearer {token}"
    if (key := options.get("api_key")) and not options.get("api_key_parameter"):
        headers[options.get("api_key_header", "X-API-Key")] = key
    return Credentials(headers, _tls(options), bool(options.get("certificate_file")))


def bare_credentials(options: Mapping[str, str]) -> Credentials:
    """What a stranger would show: nothing; the connection's own authority is known all the same."""
    return credentials_of("", {"ca_file": options.get("ca_file", "")})


def _tls(options: Mapping[str, str]) -> ssl.SSLContext | None:
    certificate, authority = options.get("certificate_file"), options.get("ca_file")
    if not certificate and not authority:
        return None
    try:
        context = ssl.create_default_context(cafile=authority or None)
        if certificate:
            context.load_cert_chain(certificate, options.get("certificate_key_file") or None)
    except (OSError, ssl.SSLError):
        raise SourceError(
            "certificate_unreadable", "The connection's certificate or authority cannot be read.",
            "Check certificate_file, certificate_key_file and ca_file in the portal's configuration: PEM, "
            "the key without a password, readable for the portal's user.",
        ) from None  # fmt: skip
    return context
