"""Seals: what the registers beside the ledger held at a time, so that a change of their past shows.

Links, lists and spans of obligations are no append-only rows: they end, and are revoked. What was fixed when
they were sealed must stand for ever, what was open may be filled in once.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from ckanext.roadmap.domain.chain import Break

Content = Mapping[str, str | None]
_HASTE = timedelta(hours=1)
"""A row is sealed by the first round after it was written; a transaction may last meanwhile."""


@dataclass(frozen=True, slots=True)
class Seal:
    """What one row of a register held when it was sealed."""

    seq: int
    recorded_at: datetime
    register: str
    subject: str
    content: Content


@dataclass(frozen=True, slots=True)
class Sealable:
    """What a row of a register holds now, and since when it says that it stands."""

    register: str
    subject: str
    at: datetime
    content: Content

    @property
    def key(self) -> tuple[str, str]:
        """What names the row."""
        return self.register, self.subject


def stands(sealed: Content, now: Content) -> bool:
    """Whether nothing that was said is said otherwise now."""
    return not _other(sealed, now)


def to_seal(rows: Iterable[Sealable], newest: Mapping[tuple[str, str], Seal]) -> Iterator[Sealable]:
    """The rows that were never sealed, or have been filled in since; what was altered keeps its old seal."""
    for row in rows:
        seal = newest.get(row.key)
        if seal is None or (seal.content != row.content and stands(seal.content, row.content)):
            yield row


def altered(rows: Iterable[Sealable], seals: Sequence[Seal]) -> Iterator[Break]:
    """What is other in the registers than it was sealed; `seals` are in the order of their numbers."""
    now = {row.key: row for row in rows}
    first: dict[tuple[str, str], Seal] = {}
    newest: dict[tuple[str, str], Seal] = {}
    for seal in seals:
        first.setdefault((seal.register, seal.subject), seal)
        newest[seal.register, seal.subject] = seal
    rounds = sorted({seal.recorded_at for seal in seals})
    for key, seal in newest.items():
        row, name = now.get(key), f"{seal.register} {seal.subject}"
        if row is None:
            yield Break(seal.seq, "removed", name)
        elif other := _other(seal.content, row.content):
            yield Break(seal.seq, "altered", f"{name}: {', '.join(other)}")
        elif _is_slipped_in(row.at, first[key].recorded_at, rounds):
            yield Break(first[key].seq, "slipped_in", name)


def _other(sealed: Content, now: Content) -> list[str]:
    return [name for name, value in sealed.items() if value is not None and now.get(name) != value]


def _is_slipped_in(at: datetime, sealed_at: datetime, rounds: Sequence[datetime]) -> bool:
    """Whether a round of seals passed that would have sealed the row if it had been there as it says."""
    place = bisect_right(rounds, at + _HASTE)
    return place < len(rounds) and rounds[place] < sealed_at
