"""What loads need of the configuration: connections by name, limits, the target."""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import quote

from ckanext.roadmap import config
from ckanext.roadmap.domain.errors import RoadmapError
from ckanext.roadmap.loading.extract import Extractor, kind_of
from ckanext.roadmap.loading.extract.catalogue import CatalogueExtractor
from ckanext.roadmap.loading.extract.parcel import SCHEME
from ckanext.roadmap.loading.plan import SourceAccess, Target
from ckanext.roadmap.loading.publish.changes import ChangeLog
from ckanext.roadmap.sources.catalogues import CATALOGUES, Catalogue, catalogue_for, is_catalogue
from ckanext.roadmap.sources.connections import known_setting, settings
from ckanext.roadmap.sources.errors import SourceError
from ckanext.roadmap.sources.http import networks
from ckanext.roadmap.sources.limits import Limits
from ckanext.roadmap.sources.places import Way
from ckanext.roadmap.sources.reach import Reach


def names() -> list[str]:
    """Names of the connections that the operator has configured."""
    return list(settings(config.connection_options(), os.environ))


def harvester_of(name: str) -> str:
    """The type of the harvest sources that gather a connection, by its address."""
    try:
        return kind_of(access(name)).harvester
    except RoadmapError:
        return Extractor.harvester


def scheme(name: str) -> str:
    """How the address of a connection begins, and nothing more of it; empty: it is not configured."""
    try:
        return known_setting(name, settings(config.connection_options(), os.environ)).read().partition(":")[0]
    except SourceError:
        return ""


def access(name: str) -> SourceAccess:
    """The way to a connection's source, secrets included: for use, never to be kept.

    :raises SourceError: no such connection, or its secret file cannot be read
    """
    setting = known_setting(name, settings(config.connection_options(), os.environ))
    url = f"{SCHEME}://{quote(str(pushed_folder()))}" if is_pushed(name) else setting.read()
    return SourceAccess(url, limits(), options=setting.options(), reach=reach())


def catalogues() -> list[str]:
    """Names of the connections that lead to catalogues of other portals."""
    return [name for name in names() if harvester_of(name) == CatalogueExtractor.harvester]


def catalogue(name: str) -> Catalogue:
    """The catalogue that a connection leads to.

    :raises SourceError: no such connection, or it leads to something else
    """
    found = access(name)
    if not is_catalogue(found.url):
        raise SourceError(
            "catalogue_none", f"The connection {name!r} leads to no catalogue.",
            f"Its address begins with one of: {', '.join(CATALOGUES)}, and then +https://.",
            name=name, known=", ".join(CATALOGUES),
        )  # fmt: skip
    return catalogue_for(Way(found.url, found.limits, found.reach, found.options))


def limits() -> Limits:
    """How long a load may take."""
    return Limits(**config.load_seconds())


def reach() -> Reach:
    """Where the portal may go for a source, and how much it may take."""
    allowed = networks(config.allowed_networks())
    return Reach(allowed, config.reader_agent(), config.load_most_bytes(), pause=config.portal_pause())


def is_pushed(name: str) -> bool:
    """Whether an agent at the ministry brings the rows: the operator has written `push:` and no address."""
    url = known_setting(name, settings(config.connection_options(), os.environ)).read()
    return url.partition(":")[0] == SCHEME


def pushed_folder() -> Path:
    """Where the parcels of agents lie."""
    return config.files_folder() / ".pushed"


def target() -> Target:
    """The DataStore and the folder that loads write to."""
    role = config.datastore_read_role()
    changes = ChangeLog(config.changes_kept()[0], role)
    return Target(config.datastore_write_url(), role, config.files_folder(), on_changes=changes)
