"""A harvest of chosen mappings: a job whose objects are known from the start."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from ckanext.harvest import queue
from ckanext.harvest.model import HarvestJob, HarvestObject, HarvestSource
from ckanext.roadmap.model.mapping import Mapping


def open_job(session: Session, source_id: str) -> str | None:
    """The id of the source's harvest that is under way, if one is."""
    job: Any = HarvestJob
    found = session.query(job.id).filter(job.source_id == source_id, job.status != "Finished")
    return found.order_by(job.created.desc()).limit(1).scalar()


def begin(session: Session, now: datetime, source_id: str, mappings: Sequence[Mapping]) -> str:
    """Have these mappings fetched; what gathering would do is done here, so that it can be for some alone.

    The objects are written before anybody hears of them: whoever takes the message finds them.

    :param now: the present instant; the harvest's tables keep times in UTC without a zone
    :returns: id of the job
    """
    at = now.replace(tzinfo=None)
    source: Any = session.get(HarvestSource, source_id)
    job: Any = HarvestJob(source=source, status="Running", gather_started=at, gather_finished=at)
    objects: list[Any] = [HarvestObject(guid=row.id, job=job, gathered=at) for row in mappings]
    session.add_all([job, *objects])
    session.commit()
    publisher: Any = queue.get_fetch_publisher()
    for one in objects:
        publisher.send({"harvest_object_id": one.id})
    publisher.close()
    return job.id
