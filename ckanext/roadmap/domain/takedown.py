"""Takedown of personal data: hidden at once, ruled on later, and what may follow."""

from __future__ import annotations

from collections.abc import Collection
from enum import StrEnum

TAKEDOWN = "takedown "  # begins the act of an exemption that a takedown led to


class Step(StrEnum):
    """What was recorded on a takedown after it began."""

    confirmed = "confirmed"
    dismissed = "dismissed"
    reinstated = "reinstated"


class State(StrEnum):
    """Where a takedown stands."""

    open = "open"
    confirmed = "confirmed"
    dismissed = "dismissed"
    reinstated = "reinstated"

    @property
    def is_hidden(self) -> bool:
        """Whether the data are out of reach."""
        return self in (State.open, State.confirmed)


def state(steps: Collection[Step]) -> State:
    """The state that the steps come to: a ruling ends or confirms it, clean data end a confirmed one."""
    for last in (Step.reinstated, Step.dismissed, Step.confirmed):
        if last in steps:
            return State(last)
    return State.open
