"""What a load put live, less the columns that only tell when a row was written: no refresh lies in them."""

from __future__ import annotations

from contextlib import closing
from datetime import datetime

import psycopg2
from sqlalchemy.orm import Session

from ckanext.roadmap import config
from ckanext.roadmap.domain.content import is_stamp
from ckanext.roadmap.loading.report import LoadReport
from ckanext.roadmap.model import ContentLookRow
from ckanext.roadmap.model.columns import new_id
from ckanext.roadmap.model.content_look import RUN
from ckanext.roadmap.model.run import Run
from ckanext.roadmap.services import ledger
from ckanext.roadmap.sources.content import measure_table

Cores = tuple[str, str | None, frozenset[str]]


def cores(session: Session, now: datetime, run: Run, report: LoadReport) -> Cores | None:
    """The core of what is live, that of what was live before, and all before; the look is kept.

    The caller commits.

    :returns: None: no column only tells when a row was written, so the run's own hash says it all
    """
    if not any(map(is_stamp, report.columns)):
        return None
    with closing(psycopg2.connect(config.datastore_write_url())) as connection:
        content = measure_table(connection, run.resource_id)
    if content is None:
        return None
    last = session.scalars(ContentLookRow.of_runs(run.resource_id)).first()
    earlier = frozenset(filter(None, session.scalars(ContentLookRow.cores(run.resource_id))))
    row = ContentLookRow(
        id=new_id(),
        dataset_id=run.dataset_id,
        resource_id=run.resource_id,
        origin=RUN,
        at=now,
        stamp=run.id,
        content_hash=content.content_hash,
        core_hash=content.core_hash,
        rows=content.rows,
        columns=sorted(content.columns or ()),
    )
    ledger.append(session, now, [row])
    return content.core_hash, last.core_hash if last else None, earlier
