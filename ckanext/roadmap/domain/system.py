"""Information systems of bodies: the way of one to the portal, the share that has come, what to connect next.

Measure 2 of the road map raises the share of systems and databases that publish online and automatically.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from ckanext.roadmap.domain.errors import RoadmapError
from ckanext.roadmap.domain.shares import Share
from ckanext.roadmap.domain.term import Frequency


class Stage(StrEnum):
    """Where a system stands on its way; a retired one no longer exists and counts nowhere."""

    declared = "declared"
    guide_issued = "guide_issued"
    agreement = "agreement"
    test = "test"
    live = "live"
    paused = "paused"
    retired = "retired"


class Network(StrEnum):
    """How the portal may reach it."""

    internet = "internet"
    state = "state"
    closed = "closed"
    unknown = "unknown"


class Way(StrEnum):
    """Who opens the connection: the portal pulls, an agent at the ministry pushes, or either may."""

    pull = "pull"
    push = "push"
    either = "either"


class PersonalData(StrEnum):
    """Whether it holds data about people."""

    none = "none"
    some = "some"
    special = "special"
    unknown = "unknown"


WAY_OF: Mapping[Network, Way] = {
    Network.internet: Way.pull,
    Network.state: Way.either,
    Network.closed: Way.push,
    Network.unknown: Way.either,
}
NEXT: Mapping[Stage, tuple[Stage, ...]] = {
    Stage.declared: (Stage.guide_issued, Stage.retired),
    Stage.guide_issued: (Stage.agreement, Stage.retired),
    Stage.agreement: (Stage.test, Stage.retired),
    Stage.test: (Stage.live, Stage.agreement, Stage.retired),
    Stage.live: (Stage.paused, Stage.retired),
    Stage.paused: (Stage.live, Stage.test, Stage.retired),
    Stage.retired: (Stage.declared,),
}

# how many deadlines a year an obligation of a frequency has
DEADLINES_A_YEAR: Mapping[Frequency, int] = {
    Frequency.daily: 365,
    Frequency.weekly: 52,
    Frequency.monthly: 12,
    Frequency.quarterly: 4,
    Frequency.half_yearly: 2,
    Frequency.annual: 1,
    Frequency.continuous: 12,
    Frequency.once: 0,
}


def require_step(code: str, stage: str, to: Stage) -> None:
    """Refuse a step that does not lead on from a stage.

    :raises RoadmapError: `system_step_refused`
    """
    if to not in NEXT[Stage(stage)]:
        accepted = ", ".join(NEXT[Stage(stage)])
        text = f"System {code} is {stage}; from there it can become {accepted}."
        raise RoadmapError("system_step_refused", text, system=code, stage=str(stage), accepted=accepted)


@dataclass(frozen=True, slots=True)
class Step:
    """A stage reached; it counts from its own day or from the day it was recorded, whichever is later."""

    stage: Stage
    since: datetime


def stage_at(steps: Iterable[Step], at: datetime) -> Stage | None:
    """The stage at an instant, None before the system was declared. Steps come in the order of recording."""
    reached = [step for step in steps if step.since <= at]
    return reached[-1].stage if reached else None


def share_of_systems(stages: Iterable[Stage | None]) -> Share:
    """Systems that are live, of all that were declared and are not retired."""
    known = [stage for stage in stages if stage not in (None, Stage.retired)]
    return Share(known.count(Stage.live), len(known))


def share_of_obligations(automatic: Collection[str], in_force: Collection[str]) -> Share:
    """Obligations in force that live systems answer, of all in force."""
    return Share(len(set(automatic) & set(in_force)), len(set(in_force)))


@dataclass(frozen=True, slots=True)
class Candidate:
    """A system that could answer obligations and does not yet: those of its body, or of what became of it."""

    code: str
    bodies: frozenset[str]
    items: frozenset[str]


@dataclass(frozen=True, slots=True)
class Manual:
    """An obligation in force that no live system answers."""

    id: str
    body_id: str
    item: str
    frequency: Frequency


@dataclass(frozen=True, slots=True)
class Dividend:
    """What connecting a system brings after those ranked before it are connected.

    `frees` are the obligations that refresh themselves from then on, `deadlines` how many deadlines a year
    that is, `share` the share of obligations after it.
    """

    code: str
    frees: tuple[Manual, ...]
    deadlines: int
    share: Share


def dividends(
    candidates: Sequence[Candidate], manual: Iterable[Manual], automatic: int
) -> tuple[Dividend, ...]:
    """Rank systems by "connect this one and so many obligations refresh themselves".

    Each is counted after those before it, so no obligation is promised twice and the gains add up; of equal
    gains the one with more deadlines a year goes first, then the code. Those that bring nothing are left out.

    :param automatic: how many obligations live systems answer already
    """
    left = {one.id: one for one in manual}
    total, ranked, waiting = automatic + len(left), list[Dividend](), list(candidates)
    while waiting:
        gains = [(_gain(one, left.values()), one) for one in waiting]
        gain, best = min(gains, key=lambda pair: (-len(pair[0]), -_deadlines(pair[0]), pair[1].code))
        if not gain:
            break
        for one in gain:
            del left[one.id]
        automatic += len(gain)
        ranked.append(Dividend(best.code, gain, _deadlines(gain), Share(automatic, total)))
        waiting.remove(best)
    return tuple(ranked)


def _gain(candidate: Candidate, left: Iterable[Manual]) -> tuple[Manual, ...]:
    return tuple(
        sorted(
            (one for one in left if one.body_id in candidate.bodies and one.item in candidate.items),
            key=lambda one: (one.item, one.id),
        )
    )


def _deadlines(gain: Iterable[Manual]) -> int:
    return sum(DEADLINES_A_YEAR[one.frequency] for one in gain)
