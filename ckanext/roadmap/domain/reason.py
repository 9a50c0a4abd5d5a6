"""Why a deadline has its status: codes that the border puts into words."""

from __future__ import annotations

from enum import StrEnum


class Reason(StrEnum):
    """The codes; those of unmet deadlines stand from the farthest miss to the nearest one."""

    qualified = "qualified"
    period_open = "period_open"
    no_publication = "no_publication"
    no_event = "no_event"
    too_early = "too_early"
    source_failed = "source_failed"
    other_period = "other_period"
    window_missed = "window_missed"
    not_measured = "not_measured"
    withdrawn = "withdrawn"
    attestation_limit = "attestation_limit"
    unchanged_not_allowed = "unchanged_not_allowed"
    source_not_read = "source_not_read"
    same_content = "same_content"
    columns_missing = "columns_missing"
    regions_missing = "regions_missing"
    counted_elsewhere = "counted_elsewhere"
    portal_missing = "portal_missing"
    site_unmeasured = "site_unmeasured"
    coverage_undefined = "coverage_undefined"
    portal_fault = "portal_fault"
    not_in_force = "not_in_force"
    void = "void"
    exempt = "exempt"
    contested = "contested"

    @property
    def rank(self) -> int:
        """How near a miss it is; the nearest one is told."""
        return _RANK[self]


_RANK = {reason: rank for rank, reason in enumerate(Reason)}
