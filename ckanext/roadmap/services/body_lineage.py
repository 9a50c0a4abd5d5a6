"""A body's own story: what it was called, what it came from and what became of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ckanext.roadmap.model import Body, BodyRevisionRow, Succession
from ckanext.roadmap.services import body_history
from ckanext.roadmap.services.bodies import stands
from ckanext.roadmap.services.body_history import Face

_TOLD = ("title", "kind", "code")


def face(session: Session, row: Body, day: date | None, known: datetime) -> tuple[Face, Mapping[str, str]]:
    """The body as it stood on a day (None: as it stands), and the names of all bodies by id."""
    names = dict(session.execute(sa.select(Body.id, Body.name)).tuples().all())
    return (row if day is None else body_history.on(session, day, known).of(row)), names


def tell(session: Session, row: Body, names: Mapping[str, str], day: date, known: datetime) -> dict[str, Any]:
    """Whether the body exists on a day, its lineage, its names through time, and the bodies beneath it.

    :param names: names of bodies by id
    :param known: nothing is told that was recorded later
    """
    past = body_history.on(session, day, known)
    steps = Succession.select_all().where(
        sa.or_(Succession.from_body_id == row.id, Succession.to_body_id == row.id),
        Succession.recorded_at <= known,
    )
    successions = list(session.scalars(steps))
    others = {one.from_body_id for one in successions} | {one.to_body_id or "" for one in successions}
    kin = sa.or_(Body.id.in_({*others, *past.faces}), Body.parent_id == row.id)
    found = [past.of(one) for one in session.scalars(Body.select_all().where(kin))]
    bodies = {one.id: one for one in found if one.id in others}
    into = [one for one in successions if one.from_body_id == row.id]
    out_of = [one for one in successions if one.to_body_id == row.id and one.from_body_id != row.id]
    return {
        "is_in_force": stands(session, row, day, known),
        "came_from": [_step(one, bodies.get(one.from_body_id)) for one in out_of],
        "went_to": [_step(one, bodies.get(one.to_body_id or "")) for one in into],
        "names": _names(session, row, names, known),
        "children": [one.name for one in found if one.parent_id == row.id],
    }


def _step(row: Succession, other: Face | None) -> dict[str, Any]:
    return {
        "name": other.name if other else None,
        "title": other.title if other else {},
        "kind": row.kind,
        "effective": row.effective.isoformat(),
        "act": row.act,
        "note": row.note,
    }


def _names(session: Session, row: Body, names: Mapping[str, str], known: datetime) -> list[dict[str, Any]]:
    """What the body was called from when to when, oldest first; a body that never changed has one entry."""
    kept = list(session.scalars(BodyRevisionRow.of_bodies([row.id])))
    revisions = [one for one in kept if one.recorded_at <= known]
    if not revisions:
        then = kept[0].attributes if kept else body_history.attributes(row)
        return [_name(then, names, then["valid_from"], None, None)]
    ends = [one.effective.isoformat() if one.effective else None for one in revisions[1:]] + [None]
    starts = [revisions[0].attributes["valid_from"], *ends[:-1]]
    told = zip(revisions, starts, ends, strict=True)
    # what a later change of the same day overtook held for no day
    return [
        _name(one.attributes, names, start, end, one.act)
        for one, start, end in told
        if start != end or not end
    ]


def _name(
    attributes: Mapping[str, Any],
    names: Mapping[str, str],
    since: str | None,
    until: str | None,
    act: str | None,
) -> dict[str, Any]:
    parent = names.get(attributes["parent_id"]) if attributes["parent_id"] else None
    told = {name: attributes[name] for name in _TOLD}
    return {**told, "parent": parent, "effective": since, "until": until, "act": act}
