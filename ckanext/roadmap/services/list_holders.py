"""Who owes the items of a list version: by their obligations once it is approved, before by its words."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping
from datetime import date, datetime

from sqlalchemy.orm import Session

from ckanext.roadmap.domain.obligation import Binding
from ckanext.roadmap.model import ItemRevision, ListVersion, ObligationTerm
from ckanext.roadmap.services import bodies
from ckanext.roadmap.services.obligations import to_responsible

Names = tuple[str, ...]


def of_version(session: Session, version: ListVersion, as_of: datetime, today: date) -> Mapping[str, Names]:
    """The names of the bodies, in the order of their codes, by the id of the item's revision.

    :param as_of: only what was recorded by this time
    :param today: the day for which a draft is read
    """
    if version.approved_at is None:
        return _bound(session, version, today)
    found: dict[str, list[str]] = defaultdict(list)
    for revision_id, name in session.execute(ObligationTerm.holders(version.id, as_of)).tuples():
        found[revision_id].append(name)
    return {revision_id: tuple(names) for revision_id, names in found.items()}


def _bound(session: Session, version: ListVersion, day: date) -> dict[str, Names]:
    register = bodies.load_register(session)
    binding = Binding(register.bodies, register.successions, day)
    names = {body.id: body.name for body in sorted(register.bodies, key=lambda body: body.code)}
    known: dict[str, Names] = {}
    found: dict[str, Names] = {}
    for revision, _item in session.execute(ItemRevision.of_version(version.id)).tuples():
        words = json.dumps(revision.responsible, sort_keys=True)
        if words not in known:
            owing = {*binding.of(to_responsible(revision.responsible, register))}
            known[words] = tuple(name for id_, name in names.items() if id_ in owing)
        found[revision.id] = known[words]
    return found
