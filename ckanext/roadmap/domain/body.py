"""Obliged bodies and what becomes of them (DESIGN sections 2 and 5)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class BodyKind(StrEnum):
    """Kinds of body, as the official review groups them and the road map names the obliged."""

    ministry = "ministry"
    committee = "committee"
    agency = "agency"
    inspectorate = "inspectorate"
    central_institution = "central_institution"
    region = "region"
    district = "district"
    bank = "bank"
    company = "company"
    unitary_enterprise = "unitary_enterprise"
    division = "division"

    @classmethod
    def parse(cls, value: str) -> BodyKind:
        """Read a kind as a register writes it (`central-institution`); ValueError when unknown."""
        return cls(value.strip().lower().replace("-", "_"))


# measure 1 binds companies from this share of the state on, in percent
OBLIGED_SHARE = 50
SHARED = frozenset({BodyKind.company, BodyKind.bank})


@dataclass(frozen=True, slots=True)
class Body:
    """An obliged body; `valid_to` is the first day on which it is no more."""

    id: str
    name: str
    code: str
    kind: BodyKind
    parent: str | None = None
    valid_from: date | None = None
    valid_to: date | None = None

    def is_in_force(self, at: date) -> bool:
        """Whether the body exists on that day."""
        begun = self.valid_from is None or self.valid_from <= at
        return begun and (self.valid_to is None or at < self.valid_to)


class SuccessionKind(StrEnum):
    """How a body ended."""

    merged = "merged"
    renamed = "renamed"
    split_up = "split"
    abolished = "abolished"


@dataclass(frozen=True, slots=True)
class Succession:
    """From the day `effective` on, `to` stands for `from_`; nobody does when it was abolished.

    A body that lives on after a split stands among its own successors.
    """

    from_: str
    to: str | None
    kind: SuccessionKind
    effective: date


def resolve(body_id: str, successions: Iterable[Succession], at: date) -> frozenset[str]:
    """The bodies that stand for `body_id` on a day: itself, its successors, or nobody.

    A body has ended when its latest succession is not older than the latest by which it received another
    (so a name given back lives again). Bodies that succeed each other on one day in a ring stand for nobody.
    """
    known = [item for item in successions if item.effective <= at]
    return frozenset(_standing(body_id, known, set()))


def _standing(body_id: str, known: list[Succession], visited: set[str]) -> set[str]:
    if body_id in visited:
        return set()
    visited.add(body_id)
    leaving = [item for item in known if item.from_ == body_id]
    if not leaving:
        return {body_id}
    last = max(item.effective for item in leaving)
    if any(item.to == body_id and item.from_ != body_id and item.effective > last for item in known):
        return {body_id}
    targets = {item.to for item in leaving if item.effective == last and item.to is not None}
    found = {body_id} & targets
    for target in targets - {body_id}:
        found |= _standing(target, known, visited)
    return found
