"""Whether a file is the one that was seen before, told without reading it.

Size and time alone can lie: a file may be put in another's place with its time kept, and two changes
within one tick of the disk's clock bear the same time. So the file's number and the time at which the disk
itself noted a change count too, and a file that was changed a moment before the look is not believed.
"""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import NamedTuple

TICK = 2.0
"""Seconds: the coarsest clock by which a disk notes times."""
ELSEWHERE = 120.0
"""The same for a time that another machine's clock gave, or one that is told in whole seconds."""


class Standing(NamedTuple):
    """What the disk tells of a file; times are in nanoseconds.

    :ivar noted: when the disk noted a change, which nobody can set
    """

    size: int
    changed: int
    noted: int
    number: int

    def signs(self, now: float) -> dict[str, object] | None:
        """What equal files have in common; None: it has only just been changed, so that reading alone tells.

        :param now: when it was looked at, in seconds
        """
        newest = max(self.changed, self.noted) / 1e9
        return dict(self._asdict()) if is_settled(newest, now) else None


def is_settled(changed: float, now: float, margin: float | None = None) -> bool:
    """Whether no later change can bear the same time."""
    return now - changed >= (TICK if margin is None else margin)


def standing(path: Path) -> Standing:
    """How a file stands now.

    :raises OSError: it can't be looked at
    """
    return standing_of(path.stat())


def standing_of(status: os.stat_result) -> Standing:
    """How a file stood when the system was asked."""
    return Standing(status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino)


def signs_of(path: Path) -> dict[str, object] | None:
    """Its signs now; see *Standing*."""
    now = time.time()
    return standing(path).signs(now)
