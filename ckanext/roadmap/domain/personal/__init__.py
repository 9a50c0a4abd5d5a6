"""Personal data: what tells them in values and in the names of columns."""

from . import card, email, passport, phone, pinfl, tax_number
from .base import DETECTORS, PREFILTER, Detector
from .names import home_coordinates, kinds_of

HOMES = "home_coordinates"
KINDS = (*DETECTORS, "person_name", "identity", "birth", "home", HOMES)
"""Everything that may be found, and so may be declared public."""

__all__ = [
    "DETECTORS",
    "HOMES",
    "KINDS",
    "PREFILTER",
    "Detector",
    "card",
    "email",
    "home_coordinates",
    "kinds_of",
    "passport",
    "phone",
    "pinfl",
    "tax_number",
]
