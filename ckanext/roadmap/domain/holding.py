"""A load that waits for people: whose word it needs, and what their words come to."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Side(StrEnum):
    """On whose behalf a person decides; `stead`: the portal, in place of an owner who has nobody to do so."""

    owner = "owner"
    portal = "portal"
    stead = "stead"


class Word(StrEnum):
    """What a person decided."""

    approve = "approve"
    decline = "decline"


class Holding(StrEnum):
    """How a held load stands."""

    waiting = "waiting"
    approved = "approved"
    declined = "declined"
    superseded = "superseded"
    expired = "expired"


BOTH = frozenset({Side.owner, Side.portal})
TWO_KEYS = frozenset({"columns_changed", "personal_data", "rehearsal_missing"})
OWNERS = frozenset({"columns_first"})


@dataclass(frozen=True, slots=True)
class Decision:
    """What somebody decided on what a gate found."""

    word: Word
    side: Side
    by: str
    at: datetime
    reason: str = ""

    @property
    def key(self) -> Side:
        """Whose key it turns."""
        return key_of(self.side)


@dataclass(frozen=True, slots=True)
class Standing:
    """What the decisions come to; `missing` names the sides that still have to agree, any one of `either`."""

    state: Holding
    missing: frozenset[Side]
    either: bool


def needed(codes: Iterable[str]) -> tuple[frozenset[Side], bool]:
    """The sides that have to agree to findings, and whether one of them is enough."""
    codes = set(codes)
    if codes & TWO_KEYS:
        return BOTH, False
    if codes & OWNERS:
        return frozenset({Side.owner}), False
    return BOTH, True


def key_of(side: Side) -> Side:
    """Whose key somebody turns who decides for a side."""
    return Side.owner if side is Side.stead else side


def sides_of(*, officer: bool, coordinator: bool, attended: bool) -> frozenset[Side]:
    """On whose behalf a person may decide.

    :param attended: whether the body has officers; only where it has none may the portal stand in for it
    """
    may = {Side.owner: officer, Side.portal: coordinator, Side.stead: coordinator and not attended}
    return frozenset(side for side, allowed in may.items() if allowed)


def stand(codes: Collection[str], decisions: Sequence[Decision]) -> Standing:
    """How a held load stands by what was decided on it; one refusal is enough, two keys need two people.

    Who stands in for the owner belongs to the portal, so the portal's key is then another person's, always.
    """
    sides, either = needed(codes)
    if any(one.side is Side.stead for one in decisions):
        sides, either = BOTH, False
    if any(one.word is Word.decline for one in decisions):
        return Standing(Holding.declined, frozenset(), either)
    turned = {one.key for one in decisions} & sides
    missing = sides - turned if not (either and turned) else frozenset[Side]()
    return Standing(Holding.waiting if missing else Holding.approved, missing, either)


def is_second_key(by: str, decisions: Iterable[Decision]) -> bool:
    """Whether a person agreed already, on whichever side."""
    return any(one.by == by and one.word is Word.approve for one in decisions)
