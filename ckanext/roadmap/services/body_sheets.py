"""Keeps a body's page of now as one row, so that whoever reads it asks for one; made again after a change."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from ckanext.roadmap.model import BodySheet, StaleMark, TallyTime
from ckanext.roadmap.model.columns import new_id
from ckanext.roadmap.services import results
from ckanext.roadmap.services.newest import Newest

Content = dict[str, Any]
Make = Callable[[Session], tuple[Content, datetime] | None]
_SHAPE = 2  # to be raised with each change of what the content holds
_read = Newest[Content](16)  # by their ids


def show(session: Session, name: str, at: datetime, ground: str) -> Content | None:
    """What is kept of a body, where it still holds; it is shared, and not to be changed.

    :param ground: what else the content depends on
    """
    found = session.execute(*BodySheet.holding(name, _ground(ground), at, list(_read))).first()
    if found is None:
        return None
    return _read.get(found.id) if found.content is None else _read.put(found.id, found.content)


def keep(session: Session, body_id: str, at: datetime, ground: str, make: Make) -> Content | None:
    """Make and keep what a body's page tells; None where it can't be told without making results first.

    In a transaction of its own, while nobody else makes results.

    :param make: tells the content and until when it holds, from what is stored
    """
    with Session(session.get_bind()) as own:
        results.lock(own)
        if not _is_true(own, body_id, at):
            return None
        basis = own.scalar(*BodySheet.mark(body_id, _ground(ground)))
        made = make(own)
        if made is None:
            return None
        content, until = made
        row = {"id": new_id(), "basis": basis, "since": at, "until": until, "content": content}
        fresh = insert(BodySheet).values(body_id=body_id, **row)
        own.execute(fresh.on_conflict_do_update(index_elements=["body_id"], set_=row))
        own.commit()
        return content


def _is_true(session: Session, body_id: str, at: datetime) -> bool:
    """Whether no result is marked, and the body's sums hold."""
    held = sa.select(TallyTime.until).where(TallyTime.body_id == body_id, TallyTime.until <= at)
    marked = sa.select(StaleMark.id)
    return not session.scalar(sa.select(sa.or_(marked.exists(), held.exists())))


def _ground(ground: str) -> str:
    return f"{_SHAPE} {ground}"
