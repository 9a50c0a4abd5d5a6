"""Since when what links name on other sites can't be had, by the looks at them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy.orm import Session

from ckanext.roadmap.model import SiteCheckRow


def unreachable(session: Session, urls: Mapping[str, str], at: datetime | None = None) -> dict[str, datetime]:
    """When the looks began at which nothing was to be had, by resource; of those that can be had, nothing.

    :param urls: the addresses that resources name; one that was altered is new
    :param at: by the looks up to an instant
    """
    newest = session.scalars(SiteCheckRow.newest(sorted(urls), at)) if urls else ()
    bad = [row.resource_id for row in newest if row.error and row.url == urls[row.resource_id]]
    return dict(session.execute(SiteCheckRow.failing_since(bad, at)).tuples().all()) if bad else {}
