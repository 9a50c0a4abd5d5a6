"""When a source is believed that nothing has changed, and when its table is read whole all the same."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from ckanext.roadmap import config
from ckanext.roadmap.model.mapping import Mapping
from ckanext.roadmap.model.run import Run


def believes(session: Session, now: datetime, mapping: Mapping) -> bool:
    """Whether an unchanged probe is enough for a load of the mapping.

    A watermark tells nothing of rows that were deleted and replaced, or changed without it: so the belief has
    an end, and the ledger tells when the rows were last read. A mapping that was changed since may mean other
    rows of the same source.
    """
    longest, most = config.belief()
    read_at, believed = session.execute(Run.since_read(mapping.id)).one()
    if read_at is None or mapping.updated_at > read_at:
        return False
    return now - read_at < longest and believed < most
