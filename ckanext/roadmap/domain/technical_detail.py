"""What could help an intruder, in text that everybody reads: addresses of systems, accounts, passwords."""

from __future__ import annotations

import re
from collections.abc import Mapping

_SYSTEM = "postgres(?:ql)?|mysql|mariadb|oracle|mssql|sqlserver|mongodb|redis|ldaps?|s?ftps?|amqps?|smb|ssh"
_WORDS = (
    "password|passwd|pwd|parol|пароль|пароли|maxfiy so.z|secret|token|api[ _-]?key|login|логин|uid|user id"
)
KINDS: Mapping[str, re.Pattern[str]] = {
    "dsn": re.compile(rf"\b(?:jdbc:\S|(?:{_SYSTEM})(?:\+\w+)?://\S)", re.IGNORECASE),
    "account": re.compile(r"\b[a-z][\w+.-]*://[^\s/@]+@", re.IGNORECASE),
    "secret": re.compile(rf"(?<!\w)(?:{_WORDS})\w{{0,3}}\s*[:=]\s*\S", re.IGNORECASE),
    "address": re.compile(
        r"(?<![\w.])(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d)(?![\w.]*\d)"
    ),
    "port": re.compile(r"(?<![\w/.-])(?:localhost|[a-z0-9-]+(?:\.[a-z0-9-]+)+):\d{2,5}\b", re.IGNORECASE),
}


def technical_detail(text: str) -> str | None:
    """The first kind of detail that a text gives away; None: it gives none."""
    return next((kind for kind, form in KINDS.items() if form.search(text)), None)
