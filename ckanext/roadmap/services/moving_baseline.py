"""The first copy of a dataset from elsewhere is a declared baseline, never compliance (DESIGN section 5)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy.orm import Session

from ckanext.roadmap.domain.event import Grade
from ckanext.roadmap.model import MovedDataset


def first_event(
    session: Session, dataset_id: str, resource_ids: Iterable[str], at: datetime
) -> tuple[datetime, Grade]:
    """The time and the grade of the first event of a dataset for an obligation.

    What only was copied here is declared, with the date of its origin; what has changed since, and what
    somebody added here, is measured.

    :param resource_ids: what holds the content
    :param at: when it was seen here
    """
    row = session.scalars(MovedDataset.of_dataset(dataset_id)).first()
    if row is None or row.changed_at is not None:
        return at, Grade.measured
    copied = {one["id"] for one in (row.moved or {}).get("resources", [])}
    if not set(resource_ids) <= copied:
        return at, Grade.measured
    return min(row.updated or row.first_seen_at, at), Grade.declared
