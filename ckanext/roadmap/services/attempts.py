"""What was done about mappings since the moments of their schedules."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ckanext.harvest.model import HarvestObject
from ckanext.roadmap.model.run import Run
from ckanext.roadmap.services.runs import FAILED
from ckanext.roadmap.services.timetable import Attempts


def since(session: Session, moments: Mapping[str, datetime]) -> dict[str, Attempts]:
    """By id of the mapping; whoever has none is left out.

    Going on with a held run reads no source, so it does not count.
    """
    if not moments:
        return {}
    asked = sa.values(
        sa.column("id", sa.UnicodeText), sa.column("moment", sa.DateTime(timezone=True)), name="asked"
    )
    wanted = asked.data(list(moments.items()))
    gathered = _gathered(session, moments)
    refused = _refused(session, moments)
    found = {key: Attempts(failed=refused.get(key), begun=begun) for key, begun in gathered.items()}
    is_failed = Run.outcome == FAILED
    runs = (
        sa.select(
            Run.mapping_id,
            sa.func.bool_or(is_failed.is_not(sa.true())),
            sa.func.min(Run.finished_at).filter(is_failed),
            sa.func.max(Run.finished_at).filter(is_failed),
            sa.func.max(Run.started_at),
        )
        .join(wanted, sa.and_(Run.mapping_id == wanted.c.id, Run.started_at >= wanted.c.moment))
        .where(Run.resumes.is_(None))
        .group_by(Run.mapping_id)
    )
    for key, settled, first, last, begun in session.execute(runs):
        ends = [*((first, last) if first and last else ()), *refused.get(key, ())]
        failed = (min(ends), max(ends)) if ends else None
        found[key] = Attempts(settled, failed, max(begun, gathered.get(key, begun)))
    return found


def newest(session: Session, mapping_id: str) -> datetime | None:
    """When anything was last begun about a mapping."""
    run = session.scalar(sa.select(sa.func.max(Run.started_at)).where(Run.mapping_id == mapping_id))
    moments = [run, _objects(session, [mapping_id]).get(mapping_id)]
    return max(filter(None, moments), default=None)


def _gathered(session: Session, moments: Mapping[str, datetime]) -> dict[str, datetime]:
    found = _objects(session, list(moments))
    return {key: gathered for key, gathered in found.items() if gathered >= moments[key]}


def _refused(session: Session, moments: Mapping[str, datetime]) -> dict[str, tuple[datetime, datetime]]:
    """When the first and the last gathering were that ended by a fault before there was a load."""
    one: Any = HarvestObject
    loaded = sa.select(Run.id).where(Run.harvest_object_id == one.id).exists()
    rows = session.query(one.guid, one.gathered).filter(
        one.guid.in_(list(moments)), one.gathered.is_not(None), one.state == "ERROR", ~loaded
    )
    found: dict[str, list[datetime]] = {}
    for key, gathered in rows:
        at = gathered.replace(tzinfo=UTC)
        if at >= moments[key]:
            found.setdefault(key, []).append(at)
    return {key: (min(times), max(times)) for key, times in found.items()}


def _objects(session: Session, ids: list[str]) -> dict[str, datetime]:
    """When mappings were last gathered."""
    objects: Any = HarvestObject
    newest = session.query(objects.guid, sa.func.max(objects.gathered))
    rows = newest.filter(objects.guid.in_(ids), objects.gathered.is_not(None)).group_by(objects.guid)
    return {key: gathered.replace(tzinfo=UTC) for key, gathered in rows}
