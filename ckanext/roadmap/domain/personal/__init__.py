"""Personal data: what tells them in values and in the names of columns."""

from . import card, email, passport, phone, pinfl, tax_number
from .base import CLOSER, DETECTORS, GAPS, GROUPED, PREFILTER, Detector, plain
from .names import home_coordinates, kinds_of, speaks

HOMES = "home_coordinates"
KINDS = (*DETECTORS, "person_name", "identity", "birth", "home", HOMES)
"""Everything that may be found, and so may be declared public."""

__all__ = [
    "DETECTORS",
    "GAPS",
    "GROUPED",
    "HOMES",
    "KINDS",
    "PREFILTER",
    "Detector",
    "card",
    "closer",
    "email",
    "home_coordinates",
    "kinds_of",
    "passport",
    "phone",
    "pinfl",
    "plain",
    "tax_number",
]


def closer(column: str) -> str:
    """What a value of a column, its gaps taken out, must hold for a detector to find anything."""
    named = DETECTORS[tax_number.TaxNumber.kind].fits(column) or speaks(column, phone.NAMES)
    return f"{CLOSER}|[0-9]{{9}}" if named else CLOSER
