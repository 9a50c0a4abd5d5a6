"""The register of bodies as the rules see it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ckanext.roadmap.domain.body import Body as BodyRecord
from ckanext.roadmap.domain.body import BodyKind, SuccessionKind, resolve
from ckanext.roadmap.domain.body import Succession as SuccessionRecord
from ckanext.roadmap.domain.body_match import BodyNames, Directory
from ckanext.roadmap.model import Body, Succession


def titles(session: Session, names: Collection[str]) -> dict[str, dict[str, str]]:
    """What these bodies are called in their languages, by their names; without those that are none."""
    query = sa.select(Body.name, Body.title).where(Body.name.in_(names))
    return {row.name: row.title for row in session.execute(query)}


@dataclass(frozen=True, slots=True)
class Register:
    """All bodies and successions as the rules see them; bodies are known by their ids."""

    bodies: tuple[BodyRecord, ...]
    successions: tuple[SuccessionRecord, ...]
    names: Directory = field(default_factory=lambda: Directory(()))

    def id_of(self, name: str) -> str | None:
        """The id of the body of that name."""
        return next((body.id for body in self.bodies if body.name == name), None)

    def ended_into(self, body_id: str, at: date) -> list[str]:
        """The bodies that have ended by a day and for which a body stands, by code."""
        heirs = {item.from_: resolve(item.from_, self.successions, at) for item in self.successions}
        found = {name for name, into in heirs.items() if body_id in into and name not in into}
        return [body.id for body in self.bodies if body.id in found]


def load_register(session: Session) -> Register:
    """Read the whole register."""
    rows = session.scalars(Body.select_all()).all()
    return Register(
        bodies=tuple(_record(row) for row in rows),
        successions=_successions(session),
        names=Directory(
            BodyNames(row.name, row.code, row.stir, tuple(map(str, row.title.values()))) for row in rows
        ),
    )


def stands(session: Session, row: Body, day: date, known: datetime | None = None) -> bool:
    """Whether a body exists on a day: within its dates, and not succeeded by others.

    :param known: successions that were recorded later do not count
    """
    return _record(row).is_in_force(day) and row.id in resolve(row.id, _successions(session, known), day)


def standing(session: Session, name: str, at: date) -> Body | None:
    """The body of a name, or the first of those that stand for it on a day; itself if nobody does."""
    row = session.scalars(Body.by_name(name)).first()
    if row is None:
        return None
    heirs = resolve(row.id, _successions(session), at)
    return session.scalars(Body.select_all().where(Body.id.in_(heirs))).first() if heirs else row


def _successions(session: Session, known: datetime | None = None) -> tuple[SuccessionRecord, ...]:
    return tuple(
        SuccessionRecord(row.from_body_id, row.to_body_id, SuccessionKind(row.kind), row.effective)
        for row in session.scalars(Succession.select_all())
        if known is None or row.recorded_at <= known
    )


def _record(row: Body) -> BodyRecord:
    return BodyRecord(
        id=row.id,
        name=row.name,
        code=row.code,
        kind=BodyKind(row.kind),
        parent=row.parent_id,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
    )
