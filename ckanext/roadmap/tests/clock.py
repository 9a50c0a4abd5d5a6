"""The rehearsal clock, set by hand."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

TASHKENT = ZoneInfo("Asia/Tashkent")


class RehearsalClock:
    """A clock file that the portal reads the present time from."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def set(self, moment: str) -> datetime:
        """Set the present time, given as local time in Tashkent."""
        at = datetime.fromisoformat(moment).replace(tzinfo=TASHKENT)
        self.path.write_text(at.isoformat())
        return at
