"""Asks the portal's parts whether they are well, as a reader from outside would."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import closing

import psycopg2
import requests

from ckan.lib.search import is_available

from ckanext.roadmap import config
from ckanext.roadmap.domain.outage import Part

SECONDS = 10


def down() -> list[str]:
    """The parts that did not answer; that the database does shows in the beat itself."""
    return [str(part) for part, is_well in PROBES.items() if not is_well()]


def _web() -> bool:
    address = config.site_url().rstrip("/") + "/api/3/action/status_show"
    try:
        return requests.get(address, timeout=SECONDS).ok
    except requests.RequestException:
        return False


def _datastore() -> bool:
    try:
        with closing(psycopg2.connect(config.datastore_read_url(), connect_timeout=SECONDS)) as connection:
            connection.cursor().execute("SELECT 1")
    except psycopg2.Error:
        return False
    return True


def _files() -> bool:
    return os.access(config.storage_folder(), os.W_OK)


PROBES: dict[Part, Callable[[], bool]] = {
    Part.web: _web,
    Part.search: is_available,
    Part.datastore: _datastore,
    Part.files: _files,
}
