"""A hash chain over append-only rows: what was changed, removed or slipped in behind the triggers shows.

Each row's hash covers the hash of the row before it and the row's own content in one canonical form
(JSON, sorted keys, UTF-8, aware instants in UTC), so that it can be computed again from the table alone.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime

GENESIS = "0" * 64


@dataclass(frozen=True, slots=True)
class Link:
    """A row as the chain sees it."""

    seq: int
    content: Mapping[str, object]
    previous_hash: str
    hash: str


@dataclass(frozen=True, slots=True)
class Break:
    """A place where the chain does not hold."""

    seq: int
    code: str  # content | order | missing; of a noted head: cut | rewritten; of the table: unguarded
    what: str = (
        ""  # of a seal (altered | removed | slipped_in): the row of a register, and what of it is other
    )


def canonical(content: Mapping[str, object]) -> bytes:
    """The one byte form of a row's content."""
    return json.dumps(
        content, default=_plain, ensure_ascii=False, sort_keys=True, separators=(",", ":")
    ).encode()


def link_hash(previous_hash: str, content: Mapping[str, object]) -> str:
    """SHA-256, in hexadecimal, of a row that follows the row of *previous_hash*."""
    return hashlib.sha256(previous_hash.encode() + b"\n" + canonical(content)).hexdigest()


def breaks(links: Iterable[Link]) -> Iterator[Break]:
    """Every break of a chain given in the order of *seq*."""
    previous, expected = GENESIS, 1
    for link in links:
        if link.seq != expected:
            yield Break(expected, "missing")
        elif link.previous_hash != previous:
            yield Break(link.seq, "order")
        if link.hash != link_hash(link.previous_hash, link.content):
            yield Break(link.seq, "content")
        previous, expected = link.hash, link.seq + 1


def _plain(value: object) -> str:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no canonical form")
