"""How late deadlines are: a histogram, so that parts can be added and the median still be told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from typing import TypeVar

from ckanext.roadmap.domain.assessment import Assessment
from ckanext.roadmap.domain.status import days_late

Bin = TypeVar("Bin", int, datetime)


@dataclass(frozen=True, slots=True)
class Lateness:
    """Deadlines met late by their days, and unmet ones by their due date, since they grow later every day."""

    met: Mapping[int, int] = field(default_factory=dict[int, int])
    waiting: Mapping[datetime, int] = field(default_factory=dict[datetime, int])

    @property
    def count(self) -> int:
        """How many deadlines are late."""
        return sum(self.met.values()) + sum(self.waiting.values())

    def days(self, as_of: datetime) -> Mapping[int, int]:
        """The histogram at a time: begun days after the due date, and how many deadlines are so late."""
        if not self.waiting:
            return self.met
        found = dict(self.met)
        for due_at, count in self.waiting.items():
            days = _waited(due_at, as_of)
            found[days] = found.get(days, 0) + count
        return found

    def spread(self, as_of: datetime) -> tuple[int, float | None, int | None]:
        """How many are late; half of them are later than the median; the days of the latest one."""
        ordered = sorted(self.days(as_of).items())
        if not ordered:
            return 0, None, None
        count = self.count
        middle = (_at(ordered, (count - 1) // 2) + _at(ordered, count // 2)) / 2
        return count, middle, ordered[-1][0]

    def median(self, as_of: datetime) -> float | None:
        """Half of the late deadlines are later, half are less late; None where none is late."""
        return self.spread(as_of)[1]

    def worst(self, as_of: datetime) -> int | None:
        """The days of the latest one."""
        return self.spread(as_of)[2]

    @classmethod
    def total(cls, parts: Collection[Lateness]) -> Lateness:
        """All of them together."""
        met, waiting = dict[int, int](), dict[datetime, int]()
        for part in parts:
            for days, count in part.met.items():
                met[days] = met.get(days, 0) + count
            for due_at, count in part.waiting.items():
                waiting[due_at] = waiting.get(due_at, 0) + count
        return cls(met, waiting)

    def __add__(self, other: Lateness) -> Lateness:
        return Lateness(_sum(self.met, other.met, 1), _sum(self.waiting, other.waiting, 1))

    def __sub__(self, other: Lateness) -> Lateness:
        return Lateness(_sum(self.met, other.met, -1), _sum(self.waiting, other.waiting, -1))


def is_late(row: Assessment) -> bool:
    """Whether it was met after its due date, or is not met and its due date has passed; not the unknown."""
    return bool(row.days_late)


def lateness(rows: Iterable[Assessment]) -> Lateness:
    """The histogram of those rows that are late."""
    late = [row for row in rows if is_late(row)]
    return Lateness(
        Counter(row.days_late for row in late if row.is_met and row.days_late),
        Counter(row.deadline.due_at for row in late if not row.is_met),
    )


@lru_cache(maxsize=10_000)
def _waited(due_at: datetime, as_of: datetime) -> int:
    """All bodies wait since the same few days."""
    return days_late(due_at, None, as_of) or 0


def _sum(one: Mapping[Bin, int], other: Mapping[Bin, int], times: int) -> Mapping[Bin, int]:
    if not other:
        return one
    found = dict(one)
    for key, count in other.items():
        found[key] = found.get(key, 0) + times * count
    return {key: count for key, count in found.items() if count}


def _at(ordered: list[tuple[int, int]], place: int) -> int:
    for days, count in ordered:
        if place < count:
            return days
        place -= count
    raise IndexError(place)
