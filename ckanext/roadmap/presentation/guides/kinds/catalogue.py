"""Another portal's catalogue, whose datasets come whole."""

from __future__ import annotations

import re

from ckanext.roadmap.presentation.marks import mark as _

from .asked import PATIENT, WITHOUT, AskedKind
from .base import ADDRESS, FAILS, WRITING, kind


@kind
class CatalogueKind(AskedKind):
    """Its datasets bring their own columns."""

    code = "catalogue"
    title = _("Catalogue of another portal")
    schemes = ("egov", "ckan", "dcat")
    words = re.compile(r"\bckan\b|\bdcat\b|katalog|каталог|catalogue", re.IGNORECASE)
    address = "ckan+https://HOST/\ndcat+https://HOST/catalog.ttl"
    thing = _("Dataset")
    column = _("Column of the file")
    answers = (
        _("CKAN's action API, or a DCAT feed in Turtle, RDF/XML or JSON-LD, page by page."),
        _("Each dataset has a lasting identifier, a publisher, a day of change and links to whole files."),
        _("A dataset that vanishes from the catalogue is marked in the report and stays here."),
        PATIENT,
    )
    has_mappings = False
    only = _("The catalogue itself names the datasets and columns; what is not public there does not come.")
    checks = (
        WITHOUT,
        WRITING,
        (_("Look at what would move"), _("The number of your public datasets")),
        (_("Move twice, with nothing changed in between"), _("Nothing is doubled, nothing is changed")),
        (_("Take the access away, load, give it back"), FAILS),
        ADDRESS,
    )
