"""The territory grid as the API gives it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ckanext.roadmap.domain.assessment import Assessment
from ckanext.roadmap.domain.coverage import Held
from ckanext.roadmap.domain.region import REGIONS
from ckanext.roadmap.logic import dictize
from ckanext.roadmap.services import territory
from ckanext.roadmap.services.territory import Covered
from ckanext.roadmap.services.territory_tables import Opened

_STRANGE_SHOWN = 20


def row(value: Covered, deadline: Assessment | None) -> dict[str, Any]:
    """One obligation with its fourteen regions."""
    owed, found = value.owed, value.coverage
    return {
        "obligation_id": owed.id,
        "item": dictize.item(owed),
        "body": dictize.body(owed.body),
        "basis": str(found.basis),
        "region_column": owed.revision.region_column,
        "regions": {region: str(found.of(region)) for region in sorted(REGIONS)},
        "covered": sum(found.of(region) is Held.covered for region in REGIONS),
        "missing": list(found.missing),
        "evidence": dictize.evidence(found.event, counts=True) if found.event else None,
        "deadline_id": deadline.deadline.id if deadline else None,
        "dataset": dictize.dataset(owed.dataset),
    }


def item(group: Sequence[Covered]) -> dict[str, Any]:
    """An item over all bodies that owe it."""
    return {
        "item": dictize.item(group[0].owed),
        "body": dictize.body(group[0].owed.body) if len(group) == 1 else None,
        "obligations": len(group),
        "regions": {region: str(held) for region, held in territory.whole(group).items()},
        "counts": counts(group),
        "covered": sum(held is Held.covered for held in territory.whole(group).values()),
    }


def counts(group: Sequence[Covered]) -> dict[str, dict[str, int]]:
    """By region, how many obligations stand where; only what occurs."""
    return {region: _told(held) for region, held in territory.counts(group).items()}


def table(value: Opened) -> dict[str, Any]:
    """A table as it is now."""
    spread, is_read = value.spread, value.outcome == "read"
    strange = sorted(spread.strange.items(), key=lambda pair: (-pair[1], pair[0]))
    return {
        "resource_id": value.table.resource_id,
        "name": value.table.name,
        "column": value.table.column,
        "outcome": value.outcome,
        "rows": spread.rows if is_read else None,
        "regions": {code: {"rows": part.rows, "codes": part.codes} for code, part in spread.regions.items()},
        "missing": list(spread.missing) if is_read else None,
        "unrecognised": [{"code": code, "rows": rows} for code, rows in strange[:_STRANGE_SHOWN]],
        "unrecognised_count": len(strange),
        "empty": spread.empty if is_read else None,
    }


def _told(held: Mapping[Held, int]) -> dict[str, int]:
    return {str(one): count for one, count in held.items() if count}
