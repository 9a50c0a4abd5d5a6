"""Where the files of a resource lie: a folder a version, and a link to the one that is served.

<folder>/<resource>/.<run>.part/    being written
<folder>/<resource>/<run>/data.*    a version
<folder>/<resource>/current         a link to the newest
<folder>/.held/<run>/               what was kept of a load that waits for people
"""

from __future__ import annotations

import re
import shutil
import time
from pathlib import Path

SUFFIX = ".part"
NAME = "data"
CURRENT = "current"
HELD = ".held"
PLAN = ".plan.json"
RUN_ID = re.compile(r"[0-9A-Za-z][0-9A-Za-z_-]*")
STALE_AGE = 24 * 3600


def part_folder(folder: Path, resource_id: str, run_id: str) -> Path:
    """Where a run writes before its files are published."""
    return folder / resource_id / f".{run_id}{SUFFIX}"


def version_folder(folder: Path, resource_id: str, run_id: str) -> Path:
    """Where the files of a run stay."""
    return folder / resource_id / run_id


def held_folder(folder: Path, run_id: str) -> Path:
    """Where the stream of a held run waits; no address leads there."""
    return folder / HELD / run_id


def public_path(folder: Path, resource_id: str, suffix: str = "csv") -> Path:
    """Where a file of the served version lies."""
    return folder / resource_id / CURRENT / f"{NAME}.{suffix}"


def unpublished(folder: Path, resource_id: str) -> list[str]:
    """The runs that wrote files of a resource and have not published them."""
    return sorted(part.name[1 : -len(SUFFIX)] for part in (folder / resource_id).glob(f".*{SUFFIX}"))


def forget_part(folder: Path, resource_id: str, run_id: str) -> None:
    """Takes away what a run wrote and never published."""
    shutil.rmtree(part_folder(folder, resource_id, run_id), ignore_errors=True)


def sweep_parts(folder: Path) -> None:
    """Takes away what dead runs left, once nothing can need it any more."""
    for part in folder.glob(f"*/.*{SUFFIX}"):
        if time.time() - part.stat().st_mtime > STALE_AGE:
            shutil.rmtree(part, ignore_errors=True)
