"""Serves what ckanext-harvest's consumer would, but writes down the course of a moved dataset in two steps.

Its own six, each a transaction and a reading anew, are a good part of the work, and thousands come at once.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import ckan.plugins as p
from ckan import model

from ckanext.harvest import queue
from ckanext.harvest.interfaces import IHarvester
from ckanext.harvest.model import HarvestObject

TYPE = "roadmap_portal"
MOST_TRIES = 5
"""As with ckanext-harvest: an object that kills its worker again and again is left."""


def fetch_callback(consumer: Any, method: Any, header: Any, body: str) -> None:
    """Serve the message of one object."""
    found: Any = model.Session.get(HarvestObject, json.loads(body).get("harvest_object_id"))
    if found is None or found.source.type != TYPE:
        queue.fetch_callback(consumer, method, header, body)
        return
    id_ = found.id
    if not _begin(found) or not _harvester().import_stage(found):
        _fail(id_)


def _begin(found: Any) -> bool:
    """Whether the object is still to be moved; its tries are counted before anything else."""
    found.retry_times += 1
    goes_on = found.retry_times < MOST_TRIES and found.job.status != "Finished"
    if goes_on:
        found.state = "IMPORT"
        found.fetch_started = found.fetch_finished = found.import_started = harvest_now()
    model.Session.commit()
    return goes_on


def _fail(object_id: str) -> None:
    one: Any = HarvestObject
    values: dict[Any, Any] = {"state": "ERROR", "report_status": "errored", "import_finished": harvest_now()}
    model.Session.query(one).filter(one.id == object_id).update(values)
    model.Session.commit()


def _harvester() -> Any:
    return next(one for one in p.PluginImplementations(IHarvester) if (one.info() or {}).get("name") == TYPE)


def harvest_now() -> datetime:
    """As ckanext-harvest writes times."""
    return datetime.now(UTC).replace(tzinfo=None)
