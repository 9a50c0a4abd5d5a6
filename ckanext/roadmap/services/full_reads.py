"""When a source is believed that nothing has changed, and when its table is read whole all the same."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from ckanext.roadmap import config
from ckanext.roadmap.model.run import Run


def believes(session: Session, now: datetime, mapping_id: str) -> bool:
    """Whether an unchanged probe is enough for a load of the mapping.

    A watermark tells nothing of rows that were deleted and replaced, or changed without it: so the belief has
    an end, and the ledger tells when the rows were last read.
    """
    longest, most = config.belief()
    read_at, believed = session.execute(Run.since_read(mapping_id)).one()
    return read_at is not None and now - read_at < longest and believed < most
