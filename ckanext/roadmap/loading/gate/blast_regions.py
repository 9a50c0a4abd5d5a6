"""Blast radius: a region that was there and is there no more."""

from __future__ import annotations

from ckanext.roadmap.domain.region import regions_in

from .base import Finding, Staged, gate


@gate
def vanished_region(staged: Staged) -> Finding | None:
    """Holds a run without a region that the live rows have; a district's code counts for its region."""
    before, now = staged.last.get("region_codes"), staged.report.region_codes
    if not staged.plan.gates.regions or not before or now is None:
        return None
    gone = sorted(regions_in(frozenset(before)) - regions_in(frozenset(now)))
    if not gone:
        return None
    return Finding(
        "regions_vanished",
        f"No row of these regions is left in {staged.plan.region_column}: {', '.join(gone)}.",
        "Ask the body whether the regions have reported. If they are gone for good, approve the load.",
        {"column": staged.plan.region_column, "regions": gone, "named": ", ".join(gone)},
    )
