"""Which obligations a dataset serves, and how they stand."""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass, replace

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ckan import model as core

from ckanext.roadmap.domain.publication import LinkState
from ckanext.roadmap.model import Body, Item, Obligation, Publication
from ckanext.roadmap.services import compliance
from ckanext.roadmap.services.compliance import Assessed, Scope


@dataclass(frozen=True, slots=True)
class Served:
    """An obligation that a dataset answers, and the link by which it does."""

    assessed: Assessed
    link: Publication


def by_dataset(session: Session, dataset_id: str, scope: Scope) -> list[Served]:
    """The obligations in force that a dataset is linked to, by item and body, as known at a time."""
    query = (
        sa.select(Publication, Item.code, Body.name)
        .join(Obligation, Obligation.id == Publication.obligation_id)
        .join(Item, Item.id == Obligation.item_id)
        .join(Body, Body.id == Obligation.body_id)
        .where(Publication.dataset_id == dataset_id, Publication.is_in(LinkState.confirmed, scope.as_of))
        .order_by(Publication.confirmed_at.desc(), Publication.id)
    )
    bodies: dict[str, set[str]] = defaultdict(set)
    links: dict[str, Publication] = {}
    for link, code, name in session.execute(query).tuples():
        bodies[code].add(name)
        links[link.obligation_id] = link
    found = [
        one
        for code, names in sorted(bodies.items())
        for one in compliance.assess_all(session, replace(scope, item=code, body=_only(names)))
    ]
    return [Served(one, links[one.owed.id]) for one in found if one.owed.id in links and one.owed.in_force]


def _only(names: set[str]) -> str | None:
    return next(iter(names)) if len(names) == 1 else None


def title_of(package: core.Package) -> dict[str, str]:
    """The title of a dataset by language."""
    translated = (package.extras or {}).get("title_translated")
    return json.loads(translated) if translated else {"uz": package.title or package.name}
