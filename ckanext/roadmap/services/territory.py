"""The territory grid: which regions the data of each territorial obligation hold."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from ckanext.roadmap.domain.assessment import Assessment
from ckanext.roadmap.domain.coverage import Coverage, Held, coverage, together
from ckanext.roadmap.domain.region import REGIONS
from ckanext.roadmap.services import compliance, newest_facts
from ckanext.roadmap.services.compliance import Assessed, Scope
from ckanext.roadmap.services.facts import Owed


@dataclass(frozen=True, slots=True)
class Covered:
    """A territorial obligation in force, and the regions that its newest data hold."""

    owed: Owed
    coverage: Coverage


def grid(session: Session, scope: Scope) -> list[Covered]:
    """The territorial obligations in force, by item and body; the rule is not asked."""
    found = newest_facts.load(session, scope.as_of, scope.tz, scope.body, scope.item, scope.day)
    return [
        _covered(one, scope)
        for one in compliance.chosen(found, scope)
        if one.in_force and one.revision.territorial
    ]


def deadlines(session: Session, scope: Scope, covered: Sequence[Covered]) -> dict[str, Assessment]:
    """By obligation the deadline at which its evidence is told: the data met it, or came nearest to it."""
    shown = {one.owed.id: one.coverage.event and one.coverage.event.id for one in covered}
    found = compliance.assess_all(session, scope, shown) if shown else []
    told = ((one.owed.id, _near(one, shown[one.owed.id])) for one in found)
    return {id_: row for id_, row in told if row is not None}


def _near(one: Assessed, event_id: str | None) -> Assessment | None:
    near = (row for row in one.rows for event in (row.event, row.nearest) if event and event.id == event_id)
    return next(near, one.newest)


def by_item(covered: Iterable[Covered]) -> list[list[Covered]]:
    """The obligations to each item, by its code."""
    groups: dict[str, list[Covered]] = defaultdict(list)
    for one in covered:
        groups[one.owed.item.code].append(one)
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


def _covered(one: Owed, scope: Scope) -> Covered:
    required = one.facts.revisions.get(one.revision.id, one.facts.requirements)
    return Covered(one, coverage(one.facts, required, scope.as_of))
