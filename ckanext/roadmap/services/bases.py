"""What a load that asks for changes alone builds on: the rows and the watermark of the last applied one."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy.orm import Session

from ckanext.roadmap.loading.plan import LoadPlan
from ckanext.roadmap.loading.publish.places import NAME, version_folder
from ckanext.roadmap.model.mapping import Mapping
from ckanext.roadmap.model.run import Run
from ckanext.roadmap.sources.since import Base


def base_of(session: Session, folder: Path, mapping: Mapping, plan: LoadPlan) -> Base | None:
    """What is built on; None: everything is to be read.

    So it is after a change of the mapping, which may ask for other rows than before.
    """
    last = session.scalars(Run.last_applied(mapping.id)).first()
    run = session.get(Run, last) if last else None
    if run is None or not run.watermark or not run.files or mapping.updated_at > run.started_at:
        return None
    if run.columns != list(plan.names) or len(run.types or ()) != len(plan.names):
        return None
    path = version_folder(folder, mapping.resource_id, run.id) / f"{NAME}.csv"
    return Base(run.watermark, path, run.files[0]["sha256"], tuple(run.types or ()))
