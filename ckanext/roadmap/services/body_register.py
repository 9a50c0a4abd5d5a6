"""The register of bodies as the API gives it, on any day; its cells, and one hash of the whole."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from ckanext.roadmap.domain import chain
from ckanext.roadmap.domain.body import resolve
from ckanext.roadmap.model import Body, Succession
from ckanext.roadmap.presentation import register
from ckanext.roadmap.services import body_history
from ckanext.roadmap.services.bodies import load_register
from ckanext.roadmap.services.body_history import Face


def row(face: Face, names: Mapping[str, str], contact: Mapping[str, str] | None = None) -> dict[str, Any]:
    """A body as the API gives it.

    :param names: names of bodies by id
    """
    return {
        "id": face.id,
        "organization_id": face.organization_id,
        "name": face.name,
        "code": face.code,
        "stir": face.stir,
        "title": face.title,
        "kind": face.kind,
        "parent": names.get(face.parent_id) if face.parent_id else None,
        "region_soato": face.region_soato,
        "state_share": None if face.state_share is None else float(face.state_share),
        "valid_from": face.valid_from.isoformat() if face.valid_from else None,
        "valid_to": face.valid_to.isoformat() if face.valid_to else None,
        "contact": dict(contact or {}),
    }


def rows(session: Session) -> list[dict[str, Any]]:
    """Every body that ever was, as it stands now, by code."""
    found = session.scalars(Body.select_all()).all()
    names = {one.id: one.name for one in found}
    return [row(one, names, one.contact) for one in found]


def rows_on(session: Session, day: date, now: datetime) -> list[dict[str, Any]]:
    """The bodies that were there on a day, as they were called and stood then, by code."""
    found = session.scalars(Body.select_all()).all()
    past, names = body_history.on(session, day, now), {one.id: one.name for one in found}
    living = alive(session, day)
    told = [row(past.of(one), names, one.contact) for one in found if one.id in living]
    return sorted(told, key=lambda one: one["code"])


def alive(session: Session, day: date) -> frozenset[str]:
    """The ids of the bodies that exist on a day: within their dates, and not succeeded by others."""
    known = load_register(session)
    return frozenset(
        one.id
        for one in known.bodies
        if one.is_in_force(day) and one.id in resolve(one.id, known.successions, day)
    )


def cells(session: Session) -> dict[str, dict[str, str]]:
    """The bodies as the import writes them, by name."""
    return {found["name"]: register.cells(found) for found in rows(session)}


def digest(bodies: Mapping[str, Mapping[str, str]], successions: Iterable[Succession]) -> str:
    """SHA-256 of all that the register says."""
    told = [[one.from_body_id, one.to_body_id, one.kind, one.effective] for one in successions]
    content = {
        "bodies": {name: dict(one) for name, one in bodies.items()},
        "successions": sorted(told, key=str),
    }
    return hashlib.sha256(chain.canonical(content)).hexdigest()
