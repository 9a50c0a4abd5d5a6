"""The life of a suggestion: from whoever asks for data to the day the data appear."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum
from statistics import median

from ckanext.roadmap.domain.errors import RoadmapError


class SuggestionState(StrEnum):
    """Where a suggestion stands."""

    unconfirmed = "unconfirmed"
    open = "open"
    in_docket = "in_docket"
    accepted = "accepted"
    rejected = "rejected"
    deferred = "deferred"
    published = "published"
    merged = "merged"


class Origin(StrEnum):
    """Who asks: a citizen, or a rating that found a gap."""

    citizen = "citizen"
    rating = "rating"


_State = SuggestionState
TRANSITIONS: dict[SuggestionState, frozenset[SuggestionState]] = {
    _State.unconfirmed: frozenset({_State.open}),
    _State.open: frozenset({_State.in_docket, _State.merged}),
    _State.in_docket: frozenset({_State.open, _State.accepted, _State.rejected, _State.deferred}),
    _State.deferred: frozenset({_State.in_docket, _State.merged}),
    _State.accepted: frozenset({_State.published}),
    _State.rejected: frozenset(),
    _State.published: frozenset(),
    _State.merged: frozenset(),
}
DECIDED = frozenset({_State.accepted, _State.rejected, _State.deferred})
ANSWERED = frozenset({_State.accepted, _State.rejected, _State.published})
ENDED = frozenset({_State.rejected, _State.published})
LIVE = frozenset({_State.open, _State.in_docket, _State.deferred, _State.accepted})
MERGEABLE = frozenset(state for state, then in TRANSITIONS.items() if _State.merged in then)
_NUMBER = re.compile(r"(\d{4})-(\d{4,})")


def require_step(number: str, state: str, to: SuggestionState) -> None:
    """Check that a suggestion may go from where it stands to a state.

    :raises RoadmapError: it may not, with what it may become
    """
    accepted = TRANSITIONS[SuggestionState(state)]
    if to not in accepted:
        names = ", ".join(sorted(accepted)) or "nothing more"
        text = f"Suggestion {number} is {state} and can't become {to}. It may become: {names}."
        raise RoadmapError(
            "suggestion_step_refused", text, number=number, state=str(state), to=str(to), accepted=names
        )


def next_number(year: int, issued: Iterable[str]) -> str:
    """The next citizen's number of a year; numbers are issued once and never used again."""
    parts = (_NUMBER.fullmatch(number) for number in issued)
    taken = (int(part[2]) for part in parts if part and int(part[1]) == year)
    return f"{year}-{max(taken, default=0) + 1:04d}"


def median_days(answers: Iterable[tuple[datetime, datetime]]) -> float | None:
    """The median of days from the opening of a suggestion to its answer; None where nothing is answered."""
    days = [(answered - opened).days for opened, answered in answers]
    return float(median(days)) if days else None
