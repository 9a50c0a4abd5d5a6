"""Old versions of a table's files: which are kept, and which nobody may have any more."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ckanext.roadmap.domain.takedown import Step
from ckanext.roadmap.loading.publish import version_folder
from ckanext.roadmap.model import TakedownRow, TakedownStepRow
from ckanext.roadmap.model.run import Run


def kept(session: Session, folder: Path, resource_id: str) -> list[Run]:
    """The runs whose files can be had, newest first; the first is the one that is served."""
    found = session.scalars(Run.versions(resource_id)).all()
    clean = clean_since(session, resource_id)
    return [
        run
        for run in found
        if (clean is None or (run.published_at and run.published_at >= clean))
        and version_folder(folder, resource_id, run.id).is_dir()
    ]


def clean_since(session: Session, resource_id: str) -> datetime | None:
    """When the oldest version went public that holds no data taken down as personal; None: all are clean.

    Data that were let back were cleaned first; whatever was published before that version stays out of reach.
    """
    let_back = session.scalar(
        sa.select(sa.func.max(TakedownStepRow.recorded_at))
        .join(TakedownRow, TakedownRow.id == TakedownStepRow.takedown_id)
        .where(TakedownRow.resource_id == resource_id, TakedownStepRow.kind == Step.reinstated)
    )
    if let_back is None:
        return None
    return session.scalar(
        sa.select(sa.func.max(Run.published_at)).where(
            Run.resource_id == resource_id, Run.outcome == "applied", Run.published_at <= let_back
        )
    ) or let_back  # fmt: skip
