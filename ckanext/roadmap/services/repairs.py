"""Fix first: which obligations, made good today, raise the shares most."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Generic, TypeVar

from ckanext.roadmap.domain import repair
from ckanext.roadmap.domain.repair import Outlook
from ckanext.roadmap.domain.status import rule
from ckanext.roadmap.services.compliance import Assessed, Scope, quarter_at

Told = TypeVar("Told")


@dataclass(frozen=True, slots=True)
class Entry(Generic[Told]):
    """An obligation as the caller knows it: the key that orders it, its shares, what its repair raises."""

    key: str
    of: Told
    now: Outlook
    gain: Outlook


@dataclass(frozen=True, slots=True)
class Group(Generic[Told]):
    """Repairs of one body or of one item, together."""

    of: Told
    count: int
    gain: Outlook


@dataclass(frozen=True, slots=True)
class Plan(Generic[Told]):
    """All repairs, the heaviest first, and the shares that they start from."""

    scope: Scope
    now: Outlook
    repairs: Sequence[Entry[Told]]

    def after(self, count: int) -> Outlook:
        """The shares once the first so many are made."""
        return sum((one.gain for one in self.repairs[:count]), self.now)

    def to_green(self) -> int | None:
        """How many repairs, in this order, turn the light green at the quarter's end."""
        gains = (one.gain.kept for one in self.repairs)
        return repair.steps_to(self.now.kept, gains, self.scope.thresholds[0])

    def by(self, key: Callable[[Told], str]) -> list[Group[Told]]:
        """The repairs of each body or item together, the heaviest first."""
        groups: dict[str, list[Entry[Told]]] = defaultdict(list)
        for one in self.repairs:
            groups[key(one.of)].append(one)
        gains = {name: sum((one.gain for one in group), Outlook()) for name, group in groups.items()}
        return [
            Group(groups[name][0].of, len(groups[name]), gain) for name, gain in repair.ranked(gains.items())
        ]


def plan(assessed: Iterable[Assessed], scope: Scope) -> Plan[Assessed]:
    """What one good publication for each obligation would raise today, and in the quarter that runs."""
    return of_entries([entry(one, scope) for one in assessed], scope)


def of_entries(entries: Iterable[Entry[Told]], scope: Scope) -> Plan[Told]:
    """The same, of what is known already."""
    known = {one.key: one for one in entries}
    order = repair.ranked((key, one.gain) for key, one in known.items())
    return Plan(
        _today(scope),
        sum((one.now for one in known.values()), Outlook()),
        [known[key] for key, _ in order],
    )


def entry(one: Assessed, scope: Scope) -> Entry[Assessed]:
    """The shares of one obligation, and what one good publication would raise."""
    facts, scope = one.owed.facts, _today(scope)
    return Entry(
        f"{one.owed.item.code} {one.owed.body.code} {one.owed.id}",
        one,
        repair.outlook(facts, one.rows, scope.quarter, scope.tz, scope.as_of),
        repair.gain(facts, rule(), scope.quarter, scope.tz, scope.as_of),
    )


def _today(scope: Scope) -> Scope:
    return replace(scope, quarter=quarter_at(scope.as_of, scope.tz))
