"""Writes the end of a load back to the harvest object that asked for it: the job page shows it."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from ckanext.harvest.model import HarvestObject, HarvestObjectError


def is_waiting(session: Session, object_id: str | None) -> bool:
    """Whether the harvest consumer has still to write the end of its own work."""
    if object_id is None:
        return False
    session.expire_all()
    found = _object(session, object_id)
    return found is not None and found.state not in ("COMPLETE", "ERROR")


def note_failure(session: Session, object_id: str | None, message: str) -> None:
    """The object ended with an error. The caller commits."""
    found = _object(session, object_id)
    if found is None:
        return
    found.state, found.report_status = "ERROR", "errored"
    session.add(HarvestObjectError(message=message, object=found, stage="Import"))


def note_unchanged(session: Session, object_id: str | None) -> None:
    """The object's data were read and are the same. The caller commits."""
    found = _object(session, object_id)
    if found is not None and found.state == "COMPLETE":
        found.report_status = "not modified"


def _object(session: Session, object_id: str | None) -> Any:
    return session.get(HarvestObject, object_id) if object_id else None
