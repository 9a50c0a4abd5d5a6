"""Messages that a dead consumer, or a Redis that forgot, left unserved are sent again.

ckanext-harvest would do so too, after minutes or hours, but only where `ckan.harvest.mq.type` is configured;
and what was lost with Redis itself it finds only as long as nobody had begun with it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

import redis

from ckan import model

from ckanext.harvest import queue
from ckanext.harvest.model import HarvestJob, HarvestObject

ENDED = ("COMPLETE", "ERROR")


def lease_of(mark: str) -> str:
    """The key that lives as long as a consumer works on the message of a mark."""
    return f"roadmap-lease:{mark}"


def rescue(store: redis.Redis) -> int:
    """Sends what is open, but neither waits nor is worked on, again.

    :returns: how many messages
    """
    open_jobs, open_objects = _ungathered(), _unfinished()
    gatherings = _send(store, queue.get_gather_routing_key(), "harvest_job_id", open_jobs)
    return gatherings + _send(store, queue.get_fetch_routing_key(), "harvest_object_id", open_objects)


def _ungathered() -> list[str]:
    job: Any = HarvestJob
    found = model.Session.query(job.id).filter(job.status == "Running", job.gather_finished.is_(None))
    return [id_ for (id_,) in found.order_by(job.created)]


def _unfinished() -> list[str]:
    job: Any = HarvestJob
    one: Any = HarvestObject
    found = model.Session.query(one.id).join(job, job.id == one.harvest_job_id)
    found = found.filter(job.status == "Running", job.gather_finished.is_not(None), one.state.not_in(ENDED))
    return [id_ for (id_,) in found.order_by(one.gathered)]


def _send(store: Any, route: str, name: str, ids: Iterable[str]) -> int:
    waiting = {json.loads(body)[name] for body in store.lrange(route, 0, -1)}
    lost = [id_ for id_ in ids if id_ not in waiting and not store.exists(lease_of(f"{route}:{id_}"))]
    for id_ in lost:
        store.rpush(route, json.dumps({name: id_}))
    return len(lost)
