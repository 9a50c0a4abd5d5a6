"""How far a long piece of work has come, told to whoever watches."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

Progress = Callable[[int, int], None]
Thing = TypeVar("Thing")


def nobody_watches(_done: int, _total: int) -> None:
    """Tell nobody."""


def each(things: Sequence[Thing], tell: Progress, stage: int, stages: int) -> Iterator[Thing]:
    """The things of one stage of several; after each it is told how many are done of all stages."""
    begun, total = stage * len(things), stages * len(things)
    for done, thing in enumerate(things, 1):
        yield thing
        tell(begun + done, total)
