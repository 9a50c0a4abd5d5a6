"""Refreshed or really changed: what each data event was, beside all before it (DESIGN section 4.4)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from enum import StrEnum

from ckanext.roadmap.domain.calendar import Period
from ckanext.roadmap.domain.content import Label
from ckanext.roadmap.domain.event import DataEvent, EventKind, Grade, Place


class Touch(StrEnum):
    """What an event was; the first six are what a portal that trusts dates would call a refresh."""

    changed = "changed"
    fewer_rows = "fewer_rows"
    flip_flop = "flip_flop"
    timestamps_only = "timestamps_only"
    resaved = "resaved"
    declared = "declared"
    read = "read"
    attested = "attested"


REFRESHED = (
    Touch.changed,
    Touch.fewer_rows,
    Touch.flip_flop,
    Touch.timestamps_only,
    Touch.resaved,
    Touch.declared,
)
CHANGED = (Touch.changed, Touch.fewer_rows)
_ALL = tuple(Touch)


@dataclass(frozen=True, slots=True)
class Refresh:
    """How often data were touched in a quarter, by what the touch was; addable."""

    counts: Mapping[Touch, int] = field(default_factory=dict[Touch, int])

    @property
    def refreshed(self) -> int:
        """New dates on the data: new content, the same again, or only said to be new."""
        return sum(self.counts.get(touch, 0) for touch in REFRESHED)

    @property
    def changed(self) -> int:
        """Content that was never published before."""
        return sum(self.counts.get(touch, 0) for touch in CHANGED)

    def __add__(self, other: Refresh) -> Refresh:
        return Refresh({touch: self.counts.get(touch, 0) + other.counts.get(touch, 0) for touch in _ALL})

    def __sub__(self, other: Refresh) -> Refresh:
        return Refresh({touch: self.counts.get(touch, 0) - other.counts.get(touch, 0) for touch in _ALL})

    @classmethod
    def total(cls, parts: Collection[Refresh]) -> Refresh:
        """All of them together."""
        found = dict.fromkeys(_ALL, 0)
        for part in parts:
            for touch, count in part.counts.items():
                found[touch] += count
        return cls(found)


def touches(events: Iterable[DataEvent]) -> Iterator[tuple[DataEvent, Touch]]:
    """Each event of one obligation with what it was, in the order of time; failures are no touches."""
    seen: dict[Place, _Seen] = {place: _Seen() for place in Place}
    for event in sorted(events, key=lambda one: (one.at, one.recorded_at, one.id)):
        touch = seen[event.place].judge(event)
        if touch is not None:
            yield event, touch


def refresh(touched: Iterable[tuple[DataEvent, Touch]], quarter: Period, tz: tzinfo) -> Refresh:
    """The touches of a quarter, counted."""
    return Refresh(Counter(touch for event, touch in touched if is_in(event.at, quarter, tz)))


def is_in(instant: datetime, quarter: Period, tz: tzinfo) -> bool:
    """Whether an instant lies in a quarter."""
    return quarter.start_at(tz) <= instant < quarter.end_at(tz)


class _Seen:
    """What one place has shown so far."""

    def __init__(self) -> None:
        self.hashes: set[str] = set()
        self.rows: int | None = None

    def judge(self, event: DataEvent) -> Touch | None:
        if event.kind is EventKind.attested:
            return Touch.attested
        if event.kind is EventKind.unchanged:
            return _unchanged(event)
        if event.kind is not EventKind.changed or event.label is Label.public_again:
            return None
        if event.grade is not Grade.measured or not event.content_hash:
            return Touch.declared
        return self._changed(event, event.content_hash)

    def _changed(self, event: DataEvent, content_hash: str) -> Touch:
        is_fewer = event.rows is not None and self.rows is not None and event.rows < self.rows
        is_known = content_hash in self.hashes
        self.hashes.add(content_hash)
        self.rows = event.rows if event.rows is not None else self.rows
        if is_known or event.label is Label.flip_flop:
            return Touch.flip_flop
        if event.label is Label.timestamps_only:
            return Touch.timestamps_only
        return Touch.fewer_rows if is_fewer or event.label is Label.fewer_rows else Touch.changed


_TOLD = {Label.timestamps_only: Touch.timestamps_only, Label.flip_flop: Touch.flip_flop}


def _unchanged(event: DataEvent) -> Touch | None:
    if event.label is Label.public_again:
        return None
    if event.label is not None and (told := _TOLD.get(event.label)):
        return told
    return Touch.read if event.live_read_at is not None or event.run_id else Touch.resaved
