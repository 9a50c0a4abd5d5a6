"""What a look at a source tells before it is read; neither host nor user nor secret."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

Clock = Callable[[], datetime]


class Sign:
    """Something that was seen; its words stand in `presentation/problems/checks.py`.

    :ivar is_warning: whether somebody should do something about it
    """

    __slots__ = ("code", "is_warning", "params")

    def __init__(self, code: str, is_warning: bool = False, **params: object) -> None:
        self.code, self.is_warning, self.params = code, is_warning, params


@dataclass(frozen=True, slots=True)
class Answer:
    """What a source told of itself.

    :ivar now: its clock, in UTC; None: it has none of its own
    :ivar powers: what the account may do beside reading
    :ivar asked_at: when it told its clock, by the portal's
    """

    version: str
    now: datetime | None
    powers: tuple[str, ...]
    signs: tuple[Sign, ...] = ()
    asked_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Look:
    """What a look at a connection found.

    :ivar kind: kind of source
    :ivar milliseconds: how long connecting and asking took
    """

    kind: str
    answer: Answer
    milliseconds: int

    @property
    def skew(self) -> float | None:
        """Seconds by which the source's clock is ahead of the portal's; None: it has none."""
        told = self.answer
        return (told.now - told.asked_at).total_seconds() if told.now and told.asked_at else None


def timed(kind: str, ask: Callable[[], Answer]) -> Look:
    """Asks, and tells how long it took."""
    begun = time.monotonic()
    answer = ask()
    return Look(kind, answer, round(1000 * (time.monotonic() - begun)))


def between(before: datetime, after: datetime) -> datetime:
    """The middle of a question and its answer."""
    return before + (after - before) / 2
