"""ODIN in words: its categories, by their English names, and the elements of coverage."""

from __future__ import annotations

import re

from .marks import mark as _

CATEGORIES: dict[str, str] = {
    "Population and vital statistics": _("Population and vital statistics"),
    "Education facilities": _("Education facilities"),
    "Education outcomes": _("Education outcomes"),
    "Health facilities": _("Health facilities"),
    "Health outcomes": _("Health outcomes"),
    "Reproductive health": _("Reproductive health"),
    "Food security and nutrition": _("Food security and nutrition"),
    "Gender statistics": _("Gender statistics"),
    "Crime and justice": _("Crime and justice"),
    "Poverty and income": _("Poverty and income"),
    "National accounts": _("National accounts"),
    "Labor": _("Labor"),
    "Price indexes": _("Price indexes"),
    "Government finance": _("Government finance"),
    "Money and banking": _("Money and banking"),
    "International trade": _("International trade"),
    "Balance of payments": _("Balance of payments"),
    "Digital Connectivity": _("Digital Connectivity"),
    "Agriculture and land use": _("Agriculture and land use"),
    "Resource use": _("Resource use"),
    "Energy": _("Energy"),
    "Pollution": _("Pollution"),
    "Built environment": _("Built environment"),
}
_KEY = re.compile(r"(\d{1,3}):([1-5])")
ELEMENTS: dict[int, str] = {
    1: _("indicators with all breakdowns"),
    2: _("data of the last 5 years"),
    3: _("data of the last 10 years"),
    4: _("data by region"),
    5: _("data by district"),
}


def key(title: str, place: int, element: int) -> str:
    """What names a gap, the same every year; categories count as in the approved list, new ones after."""
    known = list(CATEGORIES)
    number = known.index(title) + 1 if title in CATEGORIES else len(known) + place
    return f"{number}:{element}"


def gap(key: str) -> tuple[str, str] | None:
    """The texts of category and element that a key names; None where it names no known gap."""
    found = _KEY.fullmatch(key)
    if found is None or not 1 <= int(found[1]) <= len(CATEGORIES):
        return None
    return list(CATEGORIES.values())[int(found[1]) - 1], ELEMENTS[int(found[2])]
