"""Reads a catalogue page by page; each page is committed with where to go on."""

from __future__ import annotations

import logging
from typing import Any

import ckan.plugins.toolkit as tk
from ckan import model

from ckanext.harvest.model import HarvestGatherError, HarvestObject
from ckanext.roadmap import config
from ckanext.roadmap.model import MovedDataset, MovedReading
from ckanext.roadmap.services import clock, connections, moving_readings
from ckanext.roadmap.services.bodies import load_register
from ckanext.roadmap.sources.catalogues import Catalogue
from ckanext.roadmap.sources.errors import SourceError

log = logging.getLogger(__name__)

MOST_BROKEN = 5
"""So many broken pages in a row are a fault of the catalogue; reading ends there."""


def gather(job: Any, name: str) -> list[str]:
    """Reads what a killed gathering has not read yet.

    :returns: ids of the objects of the job that wait
    :raises SourceError: the connection leads to no catalogue
    """
    catalogue = connections.catalogue(name)
    session: Any = model.Session()
    reading = moving_readings.begin(session, clock.now(), name, job.id)
    session.commit()
    if reading.finished_at is None:
        _read(job, reading, catalogue)
    return _objects(job, reading)


def _objects(job: Any, reading: MovedReading) -> list[str]:
    """One for each dataset that is to be moved; ckanext-harvest takes them away when a gathering breaks.

    They wait in the order of identifiers and keys, so that of two datasets with one identifier the same
    one keeps it wherever the catalogue is read.
    """
    objects: Any = HarvestObject
    there = dict(model.Session.query(objects.guid, objects.id).filter_by(harvest_job_id=job.id).all())
    lacking = [id_ for id_ in moving_readings.due(model.Session(), reading) if id_ not in there]
    model.Session.add_all([HarvestObject(guid=id_, job=job) for id_ in lacking])
    model.Session.commit()
    waiting = model.Session.query(objects.id).filter_by(harvest_job_id=job.id, state="WAITING")
    records = waiting.outerjoin(MovedDataset, MovedDataset.id == objects.guid)
    return [id_ for (id_,) in records.order_by(*MovedDataset.order())]


def _read(job: Any, reading: MovedReading, catalogue: Catalogue) -> None:
    session: Any = model.Session()
    register, broken, more = load_register(session), 0, True
    while more:
        at = reading.cursor
        try:
            page = catalogue.page(at)
        except SourceError as error:
            broken += 1
            _skip(job, reading, catalogue, error, last=broken >= MOST_BROKEN)
        else:
            broken = 0
            moving_readings.take(session, clock.now(), reading, page, catalogue.has_rows, register)
        session.commit()
        more = reading.cursor not in ("", at)
    moving_readings.finish(session, clock.now(), reading, config.portal_most_vanished())
    session.commit()
    log.info("Catalogue %s read: %s", reading.connection, reading.counts)


def _skip(job: Any, reading: MovedReading, catalogue: Catalogue, error: SourceError, last: bool) -> None:
    """A page that cannot be read is told and passed over; the datasets on it are not taken for vanished."""
    at = reading.cursor
    onward = "" if last else catalogue.beyond(at)
    if onward and (reading.total is None or int(onward) >= reading.total):
        onward = ""
    fault: dict[str, object] = {"code": error.code, "message": str(error), "params": dict(error.params)}
    moving_readings.skip(reading, at, onward, fault)
    text = tk._("The page at {at} could not be read: {error}").format(at=at or "0", error=error)
    model.Session.add(HarvestGatherError(message=text, job=job))
