"""Blast radius: far fewer or far more rows than are live."""

from __future__ import annotations

from datetime import datetime, timedelta

from ckanext.roadmap.loading.apply.applied import most_rows

from .base import Finding, Staged, gate

LOOK_BACK = timedelta(days=30)
LEAST_MORE = 100
"""So many more rows are never too many: a table of a few rows may double."""


@gate
def fewer_rows(staged: Staged) -> Finding | None:
    """Holds a run that, with those of a month before it, would take away more than a share of the rows."""
    limit, before = staged.plan.gates.fewer_rows, _before(staged)
    gone = before - staged.rows
    if gone * 100 <= before * limit:
        return None
    percent = round(100 * gone / before, 1)
    return Finding(
        "rows_fewer",
        f"{staged.rows} rows instead of {before}: {percent} % fewer; at most {limit} % may go at once.",
        "Check the source. If the number is right, approve the load.",
        {"rows": staged.rows, "before": before, "percent": percent, "limit": limit},
    )


def _before(staged: Staged) -> int:
    """A table that loses a little with each load is held against what it was at the beginning."""
    if not staged.rows_before:
        return 0
    since = datetime.fromisoformat(staged.report.live_read_at) - LOOK_BACK
    return max(staged.rows_before, most_rows(staged.cursor, staged.plan.resource_id, since))


@gate
def more_rows(staged: Staged) -> Finding | None:
    """Holds a run that would add more than a share of the rows."""
    limit, before = staged.plan.gates.more_rows, staged.rows_before
    added = staged.rows - before
    if not limit or not before or added <= LEAST_MORE or added * 100 <= before * limit:
        return None
    percent = round(100 * added / before, 1)
    return Finding(
        "rows_more",
        f"{staged.rows} rows instead of {before}: {percent} % more; at most {limit} % may come at once.",
        "Check the source for doubled rows. If the number is right, approve the load.",
        {"rows": staged.rows, "before": before, "percent": percent, "limit": limit},
    )
