"""Which obligations a dataset serves, and how they stand."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ckanext.roadmap.domain.publication import LinkState
from ckanext.roadmap.model import Publication
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
        sa.select(Publication)
        .where(Publication.dataset_id == dataset_id, Publication.is_in(LinkState.confirmed, scope.as_of))
        .order_by(Publication.confirmed_at.desc(), Publication.id)
    )
    links = {link.obligation_id: link for link in session.scalars(query)}
    found = compliance.assess_all(session, scope, links) if links else []
    return [Served(one, links[one.owed.id]) for one in found if one.owed.in_force]
