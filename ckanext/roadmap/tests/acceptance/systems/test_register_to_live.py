"""From a declaration in the register to public rows and a kept deadline, for each kind of system."""

from __future__ import annotations

import pytest

from . import walk
from .conftest import KINDS, Town

LANGUAGES = {"maria-clinics": "ru", "api-kindergartens": "ru", "agent-kindergartens": "ru"}
"""Who reads in Russian; the others read in Uzbek."""


@pytest.mark.parametrize("name", KINDS)
def test_from_the_register_to_the_live_system(town: Town, name: str):
    source = town.sources[name]
    for person in (town.coordinator, town.officer, town.citizen):
        person.lang = LANGUAGES.get(name, "uz")
        person.careful = name == KINDS[0]
    walk.whole(town, source)
