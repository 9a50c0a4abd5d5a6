"""Passwords and keys of an installation: made once, kept in one file that only its owner may read."""

from __future__ import annotations

import json
import os
import secrets
from pathlib import Path

from stack.settings import Settings

NAMES = ("superuser", "owner", "reader", "ministry", "session", "csrf", "token", "login")


def read(settings: Settings) -> dict[str, str]:
    """Return the secrets; those that are missing are made."""
    file = settings.data / "secrets.json"
    known: dict[str, str] = json.loads(file.read_text()) if file.exists() else {}
    missing = [name for name in NAMES if name not in known]
    if missing:
        known |= {name: secrets.token_hex(8 if name == "login" else 24) for name in missing}
        write_private(file, json.dumps(known, indent=1) + "\n")
    return known


def write_private(file: Path, text: str) -> None:
    """Write a file that only its owner may read, all or nothing."""
    file.parent.mkdir(parents=True, exist_ok=True)
    fresh = file.with_name(file.name + ".new")
    fresh.unlink(missing_ok=True)
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as target:
        target.write(text)
    fresh.replace(file)
