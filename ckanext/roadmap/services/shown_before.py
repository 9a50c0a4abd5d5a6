"""What the other datasets of an obligation were seen to hold: data that move to a new one are no news."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ckanext.roadmap.model import ContentLookRow, Publication, SiteCheckRow


def hashes(session: Session, obligation_id: str, dataset_id: str) -> frozenset[str]:
    """Hashes, and core hashes, of all that was seen in them.

    :param dataset_id: the one that is left out
    """
    others = sa.select(Publication.dataset_id).where(
        Publication.obligation_id == obligation_id,
        Publication.confirmed_at.is_not(None),
        Publication.dataset_id != dataset_id,
    )
    ids = sorted(set(session.scalars(others)))
    if not ids:
        return frozenset()
    found = {*session.scalars(SiteCheckRow.hashes(SiteCheckRow.dataset_id.in_(ids)))}
    for one in ids:
        found.update(session.scalars(ContentLookRow.hashes(one)))
    return frozenset(filter(None, found))
