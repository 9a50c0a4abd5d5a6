"""Takes secrets, users and hosts out of messages that drivers write."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import unquote

from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

MASK = "***"
CREDENTIALS = re.compile(r"(?<=://)[^\s/@]+@[^\s/]+")
ADDRESS = re.compile(r"\b\d{1,3}(?:\.\d{1,3}){3}\b|\([0-9a-fA-F:]*::[0-9a-fA-F:]*\)")
SERVER = re.compile(r'(?:connection to )?server (?:at|on socket) "[^"]*"(?: \([^)]*\))?(?:, port \d+)?')
USER = re.compile(r'\b(user|role|host) "[^"]*"')
QUOTED = re.compile(r"""["'«“‘].*["'»”’]""", re.DOTALL)
PASSWORD = re.compile(r"(?i)\b(password|passwd|pwd|sslpassword)\s*[=:]\s*\S+")


def secrets_of(url: str) -> frozenset[str]:
    """Every part of a connection's URL that must not be seen."""
    try:
        parts = make_url(url)
    except ArgumentError:
        return frozenset({url})
    values = [url, parts.password or "", parts.username or "", parts.host or ""]
    values += [str(value) for value in parts.query.values()]
    found = {str(value) for value in values} | {unquote(str(value)) for value in values}
    return frozenset(value for value in found if value)


def scrub(message: str, secrets: Iterable[str] = ()) -> str:
    """The first lines of a driver's message without secrets, users, hosts and addresses."""
    for secret in sorted(secrets, key=len, reverse=True):
        edge = r"(?<!\w)" if len(secret) < 6 else ""
        message = re.sub(edge + re.escape(secret) + edge.replace("<", ""), MASK, message)
    for pattern in (CREDENTIALS, SERVER, ADDRESS):
        message = pattern.sub(MASK, message)
    message = USER.sub(rf"\1 {MASK}", message)
    return PASSWORD.sub(rf"\1={MASK}", message).strip()


def without_values(message: str) -> str:
    """A database's complaint about a value without the value: what it quotes is of a row, and rows wait."""
    return QUOTED.sub("…", message)
