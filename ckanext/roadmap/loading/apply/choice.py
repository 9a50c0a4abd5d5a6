"""How staged rows go live: not at all, row by row, or as a whole table; and why."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from .diff import Changes

MERGE_SHARE = 0.2
"""Above this share of changed rows a new table is cheaper than changing the old one (measured)."""


class Strategy(StrEnum):
    """What is done with the live table."""

    NONE = "none"
    MERGE = "merge"
    SWAP = "swap"


@dataclass(frozen=True, slots=True)
class Choice:
    """A strategy and its reason.

    :ivar code: stable name of the reason
    :ivar params: the numbers that it stands on
    """

    strategy: Strategy
    code: str
    params: dict[str, object] = field(default_factory=dict[str, object])


UNCHANGED_PROBE = Choice(Strategy.NONE, "probe_same")
UNCHANGED_HASH = Choice(Strategy.NONE, "hash_same")
UNCHANGED_ROWS = Choice(Strategy.NONE, "rows_same")
FIRST = Choice(Strategy.SWAP, "first")
SHAPE = Choice(Strategy.SWAP, "shape_changed")
KEYLESS = Choice(Strategy.SWAP, "no_key")
UNIQUE = Choice(Strategy.SWAP, "unique_elsewhere")


def by_share(changes: Changes, rows: int) -> Choice:
    """A keyed table of unchanged shape: by how much of it differs."""
    if not any(changes):
        return UNCHANGED_ROWS
    percent = round(100 * sum(changes) / max(rows, 1), 2)
    params: dict[str, object] = {
        "changed": sum(changes),
        "percent": percent,
        "limit": round(100 * MERGE_SHARE),
    }
    if percent <= 100 * MERGE_SHARE:
        return Choice(Strategy.MERGE, "few_changed", params)
    return Choice(Strategy.SWAP, "many_changed", params)
