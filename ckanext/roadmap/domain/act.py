"""Words of acts on deadlines: whose fault an objection names, what a ruling leads to."""

from __future__ import annotations

from enum import StrEnum

CALENDAR = "calendar "  # begins the act of a notice that a change of the table of holidays led to
RULING = "ruling "  # begins the act of an exemption or notice that a ruling led to


class Blame(StrEnum):
    """Whose fault an objection states."""

    portal = "portal"
    source = "source"
    publisher = "publisher"


class Remedy(StrEnum):
    """What an upheld objection leads to, recorded together with the ruling."""

    none = "none"
    exempt = "exempt"
    void = "void"
    moved = "moved"
