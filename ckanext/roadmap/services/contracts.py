"""The quality contracts of what is public: what the newest loads measured, judged by the present day."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from ckanext.roadmap.model.run import Run
from ckanext.roadmap.sources.contract import judged


def of_dataset(session: Session, dataset_id: str, today: date) -> list[dict[str, Any]]:
    """The contract of each table of a dataset that has one, as its newest whole load measured it.

    Freshness is judged anew: data grow old though their source stands still.
    """
    found: list[dict[str, Any]] = []
    for run in session.scalars(Run.last_checked(dataset_id)):
        if run.contract:
            results = judged(run.contract["results"], today)
            found.append(
                {
                    "resource": run.resource_id,
                    "run": run.id,
                    "measured_on": run.contract["day"],
                    "judged_on": today.isoformat(),
                    "passed": all(one["passed"] for one in results),
                    "results": results,
                }
            )
    return found
