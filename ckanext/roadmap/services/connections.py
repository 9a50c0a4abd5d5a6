"""What loads need of the configuration: connections by name, limits, the target."""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import quote

from ckanext.roadmap import config
from ckanext.roadmap.loading.extract.parcel import SCHEME
from ckanext.roadmap.loading.plan import SourceAccess, Target
from ckanext.roadmap.loading.publish.changes import ChangeLog
from ckanext.roadmap.sources.connections import secret_url, settings
from ckanext.roadmap.sources.limits import Limits


def names() -> list[str]:
    """Names of the connections that the operator has configured."""
    return list(settings(config.connection_options(), os.environ))


def access(name: str) -> SourceAccess:
    """The way to a connection's database, secret included: for use, never to be kept.

    :raises SourceError: no such connection, or its secret file cannot be read
    """
    url = secret_url(name, settings(config.connection_options(), os.environ))
    if is_pushed(name):
        url = f"{SCHEME}://{quote(str(pushed_folder()))}"
    return SourceAccess(url, Limits(**config.load_seconds()))


def is_pushed(name: str) -> bool:
    """Whether an agent at the ministry brings the rows: the operator has written `push:` and no address."""
    url = secret_url(name, settings(config.connection_options(), os.environ))
    return url.partition(":")[0] == SCHEME


def pushed_folder() -> Path:
    """Where the parcels of agents lie."""
    return config.files_folder() / ".pushed"


def target() -> Target:
    """The DataStore and the folder that loads write to."""
    role = config.datastore_read_role()
    changes = ChangeLog(config.changes_kept()[0], role)
    return Target(config.datastore_write_url(), role, config.files_folder(), on_changes=changes)
