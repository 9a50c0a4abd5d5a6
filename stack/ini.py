"""Writes CKAN's configuration of the demo: secrets come from the secrets file, mode 600."""

from __future__ import annotations

from string import Template

from stack import languages, secrets_file
from stack.databases import Databases
from stack.settings import ROOT, Settings
from stack.year import first_year

TEMPLATE = ROOT / "stack" / "templates" / "ckan.ini"


def databases(settings: Settings) -> Databases:
    """Return the databases of the demo with their passwords."""
    known = secrets_file.read(settings)
    return Databases("ckan", "datastore", "ckan", known["owner"], "datastore_reader", known["reader"])


def write(settings: Settings) -> bool:
    """Write the configuration; tell whether it differs from the one before."""
    known, names = secrets_file.read(settings), databases(settings)
    own = settings.data / "own.ini"
    text = Template(TEMPLATE.read_text()).substitute(
        session=known["session"],
        csrf=known["csrf"],
        token=known["token"],
        portal_port=settings.ports.portal,
        solr_port=settings.ports.solr,
        redis_port=settings.ports.redis,
        main_url=names.url(settings, names.main),
        write_url=names.url(settings, names.datastore),
        read_url=names.url(settings, names.datastore, reader=True),
        languages=languages.options(),
        year=first_year(settings),
        own=own.read_text() if own.exists() else "",
    )
    if settings.ini.exists() and settings.ini.read_text() == text:
        return False
    secrets_file.write_private(settings.ini, text)
    return True
