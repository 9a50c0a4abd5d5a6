"""How fast one host is asked: no two questions nearer than agreed, by all processes of this machine."""

from __future__ import annotations

import fcntl
import hashlib
import os
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit


class Pace:
    """Keeps the time between two questions to a host; what was asked last stands in a file that all share."""

    def __init__(self, url: str, seconds: float, clock: Callable[[], float] = time.time) -> None:
        host = hashlib.sha256(urlsplit(url).netloc.encode()).hexdigest()[:16]
        self._path = Path(tempfile.gettempdir()) / f"roadmap-pace-{os.getuid()}-{host}"
        self._seconds, self._clock = seconds, clock

    def wait(self, sleep: Callable[[float], None]) -> None:
        """Wait for one's turn."""
        if self._seconds <= 0:
            return
        handle = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600)
        with os.fdopen(handle, "r+") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            now = self._clock()
            turn = max(now, min(_number(file.read()), now + 60 * self._seconds))
            file.seek(0)
            file.write(f"{turn + self._seconds:.6f}\n")
            file.truncate()
        if turn > now:
            sleep(turn - now)


def _number(written: str) -> float:
    try:
        return float(written)
    except ValueError:
        return 0.0
