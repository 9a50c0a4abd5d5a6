"""Series of the national statistics site."""

from __future__ import annotations

import re

from ckanext.roadmap.presentation.marks import mark as _

from .asked import PATIENT, AskedKind
from .base import kind


@kind
class SeriesKind(AskedKind):
    """Files in the form of that site."""

    code = "series"
    title = _("Series of the national statistics site")
    schemes = ("series",)
    words = re.compile(r"\bsiat\b", re.IGNORECASE)
    address = "series+https://HOST/FOLDER/"
    thing = _("File")
    column = _("Column of the file")
    answers = (
        _(
            "The file keeps its form: the block of metadata (unit, periodicity, day of the change), "
            "then a row for "
            "each region or class with a column for each period."
        ),
        _("The name stays the same, so that the address does."),
        _('What was not observed is "-" or "…" and never 0.'),
        PATIENT,
    )
