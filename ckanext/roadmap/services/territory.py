"""The territory grid: which regions the data of each territorial obligation hold."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from ckanext.roadmap.domain.assessment import Assessment
from ckanext.roadmap.domain.coverage import Coverage, Held, coverage, together
from ckanext.roadmap.domain.region import REGIONS
from ckanext.roadmap.services import compliance
from ckanext.roadmap.services.compliance import Assessed, Scope


@dataclass(frozen=True, slots=True)
class Covered:
    """A territorial obligation in force, and the regions that its newest data hold."""

    of: Assessed
    coverage: Coverage

    @property
    def deadline(self) -> Assessment | None:
        """The deadline at which the evidence is told: the one that the data met, or came nearest to."""
        shown = self.coverage.event and self.coverage.event.id
        near = (row for row in self.of.rows for one in (row.event, row.nearest) if one and one.id == shown)
        return next(near, self.of.newest)


def grid(session: Session, scope: Scope) -> list[Covered]:
    """The territorial obligations in force, by item and body."""
    assessed = compliance.assess_all(session, replace(scope, territorial=True))
    return [_covered(one, scope) for one in assessed if one.owed.in_force and one.owed.revision.territorial]


def by_item(covered: Iterable[Covered]) -> list[list[Covered]]:
    """The obligations to each item, by its code."""
    groups: dict[str, list[Covered]] = defaultdict(list)
    for one in covered:
        groups[one.of.owed.item.code].append(one)
    return [groups[code] for code in sorted(groups)]


def counts(group: Sequence[Covered]) -> dict[str, dict[Held, int]]:
    """By region, how many obligations of a group stand where."""
    found = {region: dict.fromkeys(Held, 0) for region in sorted(REGIONS)}
    for one in group:
        for region, held in found.items():
            held[one.coverage.of(region)] += 1
    return found


def whole(group: Sequence[Covered]) -> dict[str, Held]:
    """By region, what the obligations of a group come to."""
    return {region: together(one.coverage.of(region) for one in group) for region in sorted(REGIONS)}


def _covered(one: Assessed, scope: Scope) -> Covered:
    facts = one.owed.facts
    required = facts.revisions.get(one.owed.revision.id, facts.requirements)
    return Covered(one, coverage(facts, required, scope.as_of))
