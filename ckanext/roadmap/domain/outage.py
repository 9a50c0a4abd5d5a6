"""When the portal was down, by its own log: beats that tell what did not answer, and silences between."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

BEATS_MISSED = 3


class Part(StrEnum):
    """What a beat asks; without one of them data can't be published or read."""

    web = "web"
    search = "search"
    datastore = "datastore"
    files = "files"


@dataclass(frozen=True, slots=True)
class Beat:
    """One look of the portal at itself: the parts that did not answer.

    `rest` is the time since the look before it, where good looks in between were left out.
    """

    at: datetime
    down: frozenset[str] = frozenset()
    seq: int = 0
    hash: str = ""
    rest: timedelta | None = None


@dataclass(frozen=True, slots=True)
class Outage:
    """A time in which the portal was down, or in which its log is silent; both ends are beats.

    `parts` did not answer. `is_measured`: a beat says so; else nothing was recorded, which is told as such.
    `until` is None while it lasts.
    """

    first: Beat
    last: Beat | None
    parts: frozenset[str] = frozenset()
    is_measured: bool = False
    is_silent: bool = False

    @property
    def since(self) -> datetime:
        """When it began: the first beat that failed, or the last one before the silence."""
        return self.first.at

    @property
    def until(self) -> datetime | None:
        """When the portal was well again."""
        return self.last.at if self.last else None

    @property
    def proof(self) -> dict[str, Any]:
        """What an act that rests on it writes down, so that it can be found again in the log."""
        beats = {"first": self.first, "last": self.last}
        return {
            "parts": sorted(self.parts),
            "measured": self.is_measured,
            "silent": self.is_silent,
            **{name: {"seq": beat.seq, "hash": beat.hash} for name, beat in beats.items() if beat},
        }


def outages(beats: Iterable[Beat], interval: timedelta, now: datetime) -> list[Outage]:
    """The outages that the log shows, oldest first.

    A silence is longer than some beats that are missed in a row; before the first beat nothing is known.

    :param beats: in the order of time
    :param interval: the time between two beats
    """
    return list(_found(beats, interval * BEATS_MISSED, now))


def _found(beats: Iterable[Beat], silence: timedelta, now: datetime) -> Iterator[Outage]:
    current: Outage | None = None
    before: Beat | None = None
    for beat in beats:
        if before is not None and (beat.rest or beat.at - before.at) > silence:
            current = replace(current or Outage(before, None), is_silent=True)
        if beat.down:
            begun = current or Outage(beat, None)
            current = replace(begun, parts=begun.parts | beat.down, is_measured=True)
        elif current is not None:
            yield replace(current, last=beat)
            current = None
        before = beat
    if before is not None and now - before.at > silence:
        current = replace(current or Outage(before, None), is_silent=True)
    if current is not None:
        yield current
