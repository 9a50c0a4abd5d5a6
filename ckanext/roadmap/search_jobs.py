"""The background job that makes a table searchable after its rows can be seen."""

from __future__ import annotations

import logging

import rq
from redis.exceptions import RedisError
from rq.exceptions import DuplicateJobError

import ckan.plugins.toolkit as tk

from ckanext.roadmap.loading.apply import make_searchable
from ckanext.roadmap.loading.errors import BusyError
from ckanext.roadmap.loading.plan import FullText
from ckanext.roadmap.model.mapping import Mapping
from ckanext.roadmap.services import connections

log = logging.getLogger(__name__)

QUEUE = "roadmap-bulk"
PAUSES = [10, 60, 300]


def ask(mapping: Mapping) -> None:
    """Has the table made searchable, if its mapping says *later*; one that is so already is left alone.

    Asked after each run that ended well, so that the next one mends what a crash or an emptied queue left.
    """
    if mapping.definition["full_text"] != FullText.LATER:
        return
    try:
        tk.enqueue_job(
            index_table,
            [mapping.resource_id],
            title=f"Make {mapping.name} searchable",
            queue=QUEUE,
            rq_kwargs={
                "job_id": f"search_{mapping.resource_id}",
                "unique": True,
                "timeout": 24 * 3600,
                "retry": rq.Retry(max=len(PAUSES), interval=PAUSES),
                "result_ttl": 0,
                "failure_ttl": 24 * 3600,
            },
        )
    except DuplicateJobError:
        log.info("%s waits already to be made searchable", mapping.name)
    except RedisError as error:
        log.warning("%s is not made searchable now: %s", mapping.name, type(error).__name__)


def index_table(resource_id: str) -> int:
    """Gives each row its search vector.

    :returns: how many rows got one
    """

    def tell(rows: int) -> None:
        log.info("%s: %s rows can be found", resource_id, rows)

    try:
        return make_searchable(connections.target(), resource_id, tell)
    except BusyError:
        log.info("%s is being loaded; that load asks again", resource_id)
        return 0
