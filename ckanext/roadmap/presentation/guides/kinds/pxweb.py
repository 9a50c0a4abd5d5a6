"""Cubes of a PxWeb server."""

from __future__ import annotations

import re

from ckanext.roadmap.presentation.marks import mark as _
from ckanext.roadmap.presentation.tables import Row

from .asked import PATIENT, AskedKind
from .base import kind
from .sdmx import SdmxKind


@kind
class PxwebKind(AskedKind):
    """How much may be asked at once is read from the server."""

    code = "pxweb"
    title = _("PxWeb")
    schemes = ("pxweb",)
    words = re.compile(r"px-?web|\bpx\b", re.IGNORECASE)
    address = "pxweb+https://HOST/api/v1/uz/"
    thing = _("Cube")
    column = _("Variable or value")
    answers = (
        _("PxWeb API v1; the variables are read with GET, the values with POST, and both change nothing."),
        _(
            'The question "?config" tells "maxCells", "maxCalls" and "timeWindow": the portal keeps '
            "to them and asks "
            "a larger cube in pieces. If a piece lacks a cell, the run fails."
        ),
        _("The codes of variables and values stay the same over the years; a renamed one stops the run."),
        PATIENT,
    )
    reading = SdmxKind.reading

    @classmethod
    def fits(cls, table: str, read: Row) -> bool:
        """By its ending."""
        return table.endswith(".px")
