"""Which obligations a dataset serves, and how they stand."""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import replace

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ckan import model as core

from ckanext.roadmap.model import Body, Item, Obligation, Publication
from ckanext.roadmap.services import compliance
from ckanext.roadmap.services.compliance import Assessed, Scope


def by_dataset(session: Session, dataset_id: str, scope: Scope) -> list[Assessed]:
    """The obligations in force that a dataset is linked to, by item and body, as known at a time."""
    query = (
        sa.select(Obligation.id, Item.code, Body.name)
        .join(Publication, Publication.obligation_id == Obligation.id)
        .join(Item, Item.id == Obligation.item_id)
        .join(Body, Body.id == Obligation.body_id)
        .where(Publication.dataset_id == dataset_id, Publication.confirmed_at <= scope.as_of)
        .where(sa.or_(Publication.revoked_at.is_(None), Publication.revoked_at > scope.as_of))
    )
    bodies: dict[str, set[str]] = defaultdict(set)
    ids: set[str] = set()
    for id_, code, name in session.execute(query).tuples():
        bodies[code].add(name)
        ids.add(id_)
    found = [
        one
        for code, names in sorted(bodies.items())
        for one in compliance.assess_all(session, replace(scope, item=code, body=_only(names)))
    ]
    return [one for one in found if one.owed.id in ids and one.owed.in_force]


def _only(names: set[str]) -> str | None:
    return next(iter(names)) if len(names) == 1 else None


def title_of(package: core.Package) -> dict[str, str]:
    """The title of a dataset by language."""
    translated = (package.extras or {}).get("title_translated")
    return json.loads(translated) if translated else {"uz": package.title or package.name}
