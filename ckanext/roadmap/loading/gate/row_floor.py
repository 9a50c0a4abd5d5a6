"""Too few rows: a source that is nearly empty is more often broken than true."""

from __future__ import annotations

from .base import Finding, Staged, gate


@gate
def row_floor(staged: Staged) -> Finding | None:
    """Holds a run with fewer rows than the mapping expects."""
    floor = staged.plan.row_floor
    if staged.rows >= floor:
        return None
    return Finding(
        "row_floor",
        f"The source gave {staged.rows} rows; the mapping expects at least {floor}.",
        "Check the source; if the number is right, lower row_floor in the mapping and load again.",
        {"rows": staged.rows, "floor": floor},
    )
