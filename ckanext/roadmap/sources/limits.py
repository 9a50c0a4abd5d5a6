"""Time limits of reading a source."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Time limits of one load, in seconds."""

    connect: int = 10
    lock: int = 10
    statement: int = 3600
    overall: int = 7200
