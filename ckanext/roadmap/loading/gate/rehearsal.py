"""Rehearsal: the first load of a table goes public only as it was rehearsed."""

from __future__ import annotations

from .base import Finding, Staged, gate


@gate
def rehearsal(staged: Staged) -> Finding | None:
    """Holds the first load whose plan and content have no ticket, where the portal asks for one."""
    if not staged.plan.gates.rehearsal or staged.last:
        return None
    content = staged.report.content_hash
    if content in staged.plan.rehearsed:
        return None
    return Finding(
        "rehearsal_missing",
        "The first load of this table, and these rows have no ticket of a rehearsal.",
        "Rehearse the mapping and load it again, or let data owner and portal both approve without.",
        {"content": content},
    )
