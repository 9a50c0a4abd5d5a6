"""Stamps: remember what a step was last done with, so that it is not done twice."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path


def digest(parts: Iterable[Path | str]) -> str:
    """Hash of the contents of files and of plain words."""
    total = hashlib.sha256()
    for part in parts:
        total.update(part.read_bytes() if isinstance(part, Path) else part.encode())
        total.update(b"\0")
    return total.hexdigest()


def is_fresh(stamp: Path, value: str) -> bool:
    """Tell whether the step was done with this value."""
    return stamp.exists() and stamp.read_text().strip() == value


def write(stamp: Path, value: str) -> None:
    """Remember that the step was done with this value."""
    stamp.parent.mkdir(parents=True, exist_ok=True)
    stamp.write_text(value + "\n")
