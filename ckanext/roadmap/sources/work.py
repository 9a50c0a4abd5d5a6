"""Folders for what a load brings: each goes with its load; what a killed one left goes with the next.

Whoever works in a folder holds a lock on it, which the system takes back when he dies.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
import time
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

PREFIX = "roadmap-work-"
YOUNG = 60.0
"""Seconds in which a folder may be there and not yet be locked."""


@contextmanager
def work_folder(kind: str) -> Generator[Path]:
    """A folder of this machine that is there for the length of the block."""
    sweep_work()
    folder = Path(tempfile.mkdtemp(prefix=f"{PREFIX}{kind}-"))
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        os.close(handle)


def sweep_work(young: float = YOUNG) -> list[str]:
    """Takes away the folders in which nobody works any more.

    :returns: their names
    """
    swept: list[str] = []
    for folder in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        try:
            handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
        except OSError:  # gone by now, or not ours
            continue
        try:
            if _is_left(handle, young):
                shutil.rmtree(folder, ignore_errors=True)
                swept.append(folder.name)
        finally:
            os.close(handle)
    return swept


def _is_left(handle: int, young: float) -> bool:
    status = os.fstat(handle)
    if status.st_uid != os.geteuid() or time.time() - status.st_mtime < young:
        return False
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
