"""The year whose list the demo has: the one in which it was first made."""

from __future__ import annotations

from datetime import UTC, datetime

from stack.settings import Settings


def first_year(settings: Settings) -> int:
    """Return the demo's year; it stays when the calendar moves on."""
    file = settings.data / "year"
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f"{datetime.now(UTC).year}\n")
    return int(file.read_text())
