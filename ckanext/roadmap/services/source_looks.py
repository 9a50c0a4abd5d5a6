"""Looks at sources for which a page may not wait: asked for, kept with what stood in the form, ended."""

from __future__ import annotations

from collections.abc import Mapping as Fields
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from ckanext.roadmap.domain.errors import RoadmapError
from ckanext.roadmap.loading.extract import kind_of
from ckanext.roadmap.loading.extract.tables import TableExtractor
from ckanext.roadmap.model import SourceLook
from ckanext.roadmap.services import clock, connections, mapping_looks
from ckanext.roadmap.services.mapping_looks import Asked
from ckanext.roadmap.sources.mapping_file import MappingDraft

KEPT = timedelta(days=30)


def ask(session: Session, now: datetime, asked: Asked, form: Fields[str, Any], user: str) -> SourceLook:
    """A look that is still to be made; those of a month ago are forgotten. The caller commits."""
    session.execute(SourceLook.forget(now - KEPT))
    told = {"connection": asked.connection, "schema": asked.schema, "table": asked.table}
    told |= {"read": dict(asked.read), "draft": asked.draft.definition if asked.draft else None}
    row = SourceLook(asked=told, form=dict(form), asked_by=user, asked_at=now)
    session.add(row)
    session.flush()
    return row


def asked_of(row: SourceLook) -> Asked:
    """What is looked at."""
    told = row.asked
    draft = MappingDraft(told["draft"]["name"], told["draft"]) if told["draft"] else None
    return Asked(told["connection"], told["schema"], told["table"], told["read"], draft)


def cancel(row: SourceLook, now: datetime) -> None:
    """From now on nobody waits for it; the caller commits."""
    row.cancelled_at = row.ended_at = now


def end(row: SourceLook, now: datetime, found: Fields[str, Any]) -> None:
    """Keeps what was found; one that was cancelled keeps nothing. The caller commits."""
    if row.cancelled_at is None:
        row.found, row.ended_at = dict(found), now


def is_database(connection: str) -> bool:
    """Whether a look at a connection waits for a statement, which can be ended there."""
    try:
        return issubclass(kind_of(connections.access(connection)), TableExtractor)
    except RoadmapError:
        return False


def is_over(database: sa.Engine, id: str, asked: Asked) -> bool:
    """Whether a look under way is wanted no more, or its hours have ended; no answer ends nothing."""
    try:
        with Session(database) as session:
            row = session.get(SourceLook, id)
            if row is None or row.ended_at is not None:
                return True
            mapping_looks.refuse_closed(session, clock.now(), asked)
    except SQLAlchemyError:
        return False
    except RoadmapError:
        return True
    return False
