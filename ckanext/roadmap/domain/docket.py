"""The docket of a sitting of the Coordination Commission: draft -> sent -> held -> closed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from ckanext.roadmap.domain.errors import RoadmapError


class DocketState(StrEnum):
    """Where a docket stands; it is held from its first decision on."""

    draft = "draft"
    sent = "sent"
    held = "held"
    closed = "closed"


class DocketStep(StrEnum):
    """What may be done with a docket."""

    edit = "edit"
    move = "move"
    describe = "describe"
    opine = "opine"
    send = "send"
    decide = "decide"
    close = "close"


class Stance(StrEnum):
    """What a body says to a suggestion that concerns it."""

    supports = "supports"
    conditionally = "conditionally"
    objects = "objects"


class Decision(StrEnum):
    """What the commission decides on one entry."""

    accept = "accept"
    reject = "reject"
    defer = "defer"


PUBLIC = frozenset({DocketState.held, DocketState.closed})
FROM: dict[DocketStep, frozenset[DocketState]] = {
    DocketStep.edit: frozenset({DocketState.draft}),
    DocketStep.move: frozenset({DocketState.draft, DocketState.sent}),
    DocketStep.describe: frozenset({DocketState.draft, DocketState.sent, DocketState.held}),
    DocketStep.opine: frozenset({DocketState.draft, DocketState.sent}),
    DocketStep.send: frozenset({DocketState.draft}),
    DocketStep.decide: frozenset({DocketState.sent, DocketState.held}),
    DocketStep.close: frozenset({DocketState.held}),
}


@dataclass(frozen=True, slots=True)
class Votes:
    """How those present voted on an entry."""

    in_favour: int
    against: int
    abstained: int

    @property
    def cast(self) -> int:
        """How many voted or abstained."""
        return self.in_favour + self.against + self.abstained


def require(step: DocketStep, state: str, number: str) -> None:
    """Check that a step may be taken from where a docket stands.

    :raises RoadmapError: it may not
    """
    if DocketState(state) not in FROM[step]:
        text = (
            f"Docket {number} is {state}. Entries are changed while it is a draft, opinions given until the "
            "first decision, decisions recorded once it was sent, and it is closed when it was held."
        )
        raise RoadmapError("docket_step_refused", text, docket=number, state=state, step=str(step))


def number_of(year: int, taken: Iterable[str]) -> str:
    """The next number of a year; numbers are given once."""
    prefix = f"{year}-"
    used = [int(one.removeprefix(prefix)) for one in taken if one.startswith(prefix)]
    return f"{prefix}{max(used, default=0) + 1:02d}"


def check_sitting(number: str, day: date, today: date) -> None:
    """No decision is recorded before the commission sat.

    :raises RoadmapError: the day of the sitting has not come
    """
    if today < day:
        text = f"Docket {number} is for the sitting of {day.isoformat()}. Record decisions from that day on."
        raise RoadmapError("docket_too_early", text, docket=number, day=day.isoformat())


def check_decision(decision: Decision, reason: str, votes: Votes | None, present: int) -> None:
    """A rejection tells its reason, no more vote than are present, what is accepted has a majority.

    :param present: how many attend; 0: nobody was recorded
    :raises RoadmapError: a reason is missing, or the votes cannot be
    """
    if decision is Decision.reject and not reason:
        text = "A rejection without a reason can't be recorded. Say why, so that the author can be told."
        raise RoadmapError("docket_reason_missing", text)
    if votes is None:
        return
    if present and votes.cast > present:
        text = f"{votes.cast} votes were given, but {present} are recorded as present. Mend one of them."
        raise RoadmapError("docket_votes_many", text, cast=votes.cast, present=present)
    if decision is Decision.accept and votes.in_favour <= votes.against:
        text = "What is accepted needs more votes in favour than against. Check the votes or the decision."
        raise RoadmapError("docket_votes_against", text, in_favour=votes.in_favour, against=votes.against)


def check_sendable(number: str, entries: int) -> None:
    """An agenda holds something.

    :raises RoadmapError: it holds no entry
    """
    if not entries:
        text = f"Docket {number} has no entry. Add entries first."
        raise RoadmapError("docket_empty", text, docket=number)


def check_closable(number: str, undecided: Iterable[int]) -> None:
    """A sitting ends with a decision on every entry, be it to defer.

    :param undecided: numbers of the entries without a decision
    :raises RoadmapError: there is one
    """
    left = ", ".join(map(str, undecided))
    if left:
        text = (
            f"Entries {left} of docket {number} have no decision. "
            "Record it; what was not reached is deferred."
        )
        raise RoadmapError("docket_undecided", text, docket=number, entries=left)
