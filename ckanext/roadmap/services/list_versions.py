"""The life of list versions: make one, submit it, reject it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from ckanext.roadmap.domain.errors import RoadmapError
from ckanext.roadmap.domain.list_life import ListStatus, Step, require
from ckanext.roadmap.model import ItemRevision, ListVersion
from ckanext.roadmap.model.columns import new_id
from ckanext.roadmap.services import list_content

_GRACE = ("grace_share", "grace_floor_days", "grace_cap_days", "attestation_limit")


def take(session: Session, version: ListVersion, step: Step) -> None:
    """Take a version in hand for a step: nobody else changes the list until the transaction ends.

    :raises RoadmapError: the step may not be taken from where the version stands
    """
    session.execute(ListVersion.lock())
    session.refresh(version)
    require(step, version.status, version.year, version.number)


def new(session: Session, now: datetime, year: int, number: int) -> ListVersion:
    """An empty draft; the caller commits."""
    version = ListVersion(
        id=new_id(),
        year=year,
        number=number,
        status=ListStatus.draft,
        created_at=now,
        content_hash=list_content.digest([]),
    )
    session.add(version)
    session.flush()
    return version


def create(
    session: Session, now: datetime, year: int, number: int | None, source: ListVersion | None
) -> ListVersion:
    """A draft that begins as a copy of another version, or empty; the caller commits.

    :param number: number within the year; None: the next one
    :raises RoadmapError: there is such a version already
    """
    session.execute(ListVersion.lock())
    taken = [row.number for row in session.scalars(ListVersion.of_year(year))]
    if number in taken:
        text = f"There is a list {year}/{number} already. Leave the number out to get the next one."
        raise RoadmapError("list_exists", text, year=year, number=number)
    version = new(session, now, year, number or max(taken, default=0) + 1)
    if source is not None:
        _copy(session, source, version)
    return version


def submit(session: Session, now: datetime, version: ListVersion, by: str) -> None:
    """Hand a draft to the commission; from then on it stands still. The caller commits.

    :raises RoadmapError: it is no draft, or holds no item
    """
    take(session, version, Step.submit)
    require_items(session, version)
    version.status, version.submitted_at, version.submitted_by = ListStatus.submitted, now, by
    session.flush()


def reject(session: Session, now: datetime, version: ListVersion, reason: str, by: str) -> None:
    """Record that the commission turned a submitted version down, and why; the caller commits.

    :raises RoadmapError: it was not submitted
    """
    take(session, version, Step.reject)
    version.status, version.rejected_at, version.rejected_by = ListStatus.rejected, now, by
    version.rejected_reason = reason
    session.flush()


def require_items(session: Session, version: ListVersion) -> None:
    """Check that a version holds something.

    :raises RoadmapError: it holds no item
    """
    if session.execute(ItemRevision.of_version(version.id).limit(1)).first() is None:
        text = f"List {version.year}/{version.number} holds no item. Add items first."
        raise RoadmapError("list_empty", text, year=version.year, number=version.number)


def _copy(session: Session, source: ListVersion, version: ListVersion) -> None:
    for name in _GRACE:
        setattr(version, name, getattr(source, name))
    for revision, item in session.execute(ItemRevision.of_version(source.id)).tuples():
        values = list_content.of_revision(revision)
        session.add(ItemRevision(id=new_id(), item_id=item.id, list_version_id=version.id, **values))
    version.content_hash = list_content.stored_digest(session, version.id)
