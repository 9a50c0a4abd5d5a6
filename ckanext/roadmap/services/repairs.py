"""Fix first: which obligations, made good today, raise the shares most."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from ckanext.roadmap.domain import repair
from ckanext.roadmap.domain.repair import Outlook
from ckanext.roadmap.domain.status import rule
from ckanext.roadmap.services.compliance import Assessed, Scope, quarter_at


@dataclass(frozen=True, slots=True)
class Repair:
    """An obligation to be made good, and what that raises."""

    of: Assessed
    gain: Outlook


@dataclass(frozen=True, slots=True)
class Group:
    """Repairs of one body or of one item, together."""

    of: Assessed
    count: int
    gain: Outlook


@dataclass(frozen=True, slots=True)
class Plan:
    """All repairs, the heaviest first, and the shares that they start from."""

    scope: Scope
    now: Outlook
    repairs: Sequence[Repair]

    def after(self, count: int) -> Outlook:
        """The shares once the first so many are made."""
        return sum((one.gain for one in self.repairs[:count]), self.now)

    def to_green(self) -> int | None:
        """How many repairs, in this order, turn the light green at the quarter's end."""
        gains = (one.gain.kept for one in self.repairs)
        return repair.steps_to(self.now.kept, gains, self.scope.thresholds[0])

    def by(self, key: Callable[[Assessed], str]) -> list[Group]:
        """The repairs of each body or item together, the heaviest first."""
        groups: dict[str, list[Repair]] = defaultdict(list)
        for one in self.repairs:
            groups[key(one.of)].append(one)
        gains = {name: sum((one.gain for one in group), Outlook()) for name, group in groups.items()}
        return [
            Group(groups[name][0].of, len(groups[name]), gain) for name, gain in repair.ranked(gains.items())
        ]


def plan(assessed: Iterable[Assessed], scope: Scope) -> Plan:
    """What one good publication for each obligation would raise today, and in the quarter that runs."""
    scope = replace(scope, quarter=quarter_at(scope.as_of, scope.tz))
    known = {f"{one.owed.item.code} {one.owed.body.code} {one.owed.id}": one for one in assessed}
    gains = repair.ranked((key, _gain(one, scope)) for key, one in known.items())
    return Plan(
        scope,
        sum((_outlook(one, scope) for one in known.values()), Outlook()),
        [Repair(known[key], gain) for key, gain in gains],
    )


def _gain(one: Assessed, scope: Scope) -> Outlook:
    return repair.gain(one.owed.facts, rule(), scope.quarter, scope.tz, scope.as_of)


def _outlook(one: Assessed, scope: Scope) -> Outlook:
    return repair.outlook(one.owed.facts, one.rows, scope.quarter, scope.tz, scope.as_of)
