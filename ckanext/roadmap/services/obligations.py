"""Fans a list version out into obligations: item x body."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from ckanext.roadmap.domain.body import BodyKind
from ckanext.roadmap.domain.obligation import Binding, Responsible
from ckanext.roadmap.model import ItemRevision, ListVersion, Obligation, ObligationTerm
from ckanext.roadmap.model.columns import new_id
from ckanext.roadmap.services.bodies import Register


def fan_out(
    session: Session, now: datetime, version: ListVersion, in_force_from: date, register: Register
) -> int:
    """Bind every responsible body to every item of a version, and end what other versions bound.

    An obligation keeps its identity over versions: only its span under the version is new.
    The caller commits.

    :returns: how many obligations the version has
    """
    session.execute(ObligationTerm.end_others(version.id, in_force_from, now))
    revisions = [revision for revision, _ in session.execute(ItemRevision.of_version(version.id)).tuples()]
    known = {
        (row.item_id, row.body_id): row
        for row in session.scalars(Obligation.of_items([revision.item_id for revision in revisions]))
    }
    binding, count = Binding(register.bodies, register.successions, in_force_from), 0
    for revision in revisions:
        for body_id in binding.of(to_responsible(revision.responsible, register)):
            obligation = known.get((revision.item_id, body_id)) or _inherited(
                revision.item_id, body_id, known, register, in_force_from
            )
            obligation = obligation or _new(session, now, revision.item_id, body_id)
            session.add(
                ObligationTerm(
                    obligation_id=obligation.id,
                    list_version_id=version.id,
                    revision_id=revision.id,
                    body_id=body_id,
                    in_force_from=in_force_from,
                    recorded_at=now,
                )
            )
            count += 1
    session.flush()
    return count


def to_responsible(stored: Mapping[str, Any], register: Register) -> Responsible:
    """A stored `responsible` with the bodies' names turned into ids."""
    return Responsible(
        all=stored["all"],
        bodies=tuple(register.id_of(name) or name for name in stored["bodies"]),
        kinds=tuple(BodyKind(kind) for kind in stored["kinds"]),
        exceptions=tuple(register.id_of(name) or name for name in stored["exceptions"]),
    )


def _inherited(
    item_id: str,
    body_id: str,
    known: Mapping[tuple[str, str], Obligation],
    register: Register,
    at: date,
) -> Obligation | None:
    """The obligation that passes to a body because it stands for the one that held it."""
    for holder in register.ended_into(body_id, at):
        if found := known.get((item_id, holder)):
            found.body_id = body_id
            return found
    return None


def _new(session: Session, now: datetime, item_id: str, body_id: str) -> Obligation:
    obligation = Obligation(id=new_id(), item_id=item_id, body_id=body_id, recorded_at=now)
    session.add(obligation)
    session.flush()
    return obligation
