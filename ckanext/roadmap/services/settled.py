"""The instant up to which everything recorded is committed: what is read of it once stays so.

A row tells when it was recorded, and is seen only once its transaction ends. So a list of this very instant
may get rows in its middle later, and its next page would repeat rows or leave some out.
"""

from __future__ import annotations

from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

# Who has written nothing for so long only reads (a file, a count); writers check first, and write at once.
READS = timedelta(seconds=10)
_FRESH = sa.text("SELECT pg_stat_clear_snapshot()")
_AGE = sa.text("""
    SELECT max(clock_timestamp() - xact_start) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()
        AND (backend_xid IS NOT NULL OR clock_timestamp() - xact_start < :reads)
""")


def instant(session: Session, now: datetime, reads: timedelta = READS) -> datetime:
    """`now`, or when the oldest transaction began that has written, or may be about to.

    Only those of the portal's own role are told, so that a backup holds nothing up. Ages are taken from the
    database and not its clock, which may differ from ours.
    """
    session.execute(_FRESH)
    age: timedelta | None = session.scalar(_AGE, {"reads": reads})
    return now if age is None else now - age
