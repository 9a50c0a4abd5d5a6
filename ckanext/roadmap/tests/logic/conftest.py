"""A list in force, for the actions on it."""

from __future__ import annotations

import pytest

from ckanext.roadmap.tests import country
from ckanext.roadmap.tests.clock import RehearsalClock


@pytest.fixture
def in_force(clean_db: None, clean_index: None, rehearsal: RehearsalClock) -> RehearsalClock:
    """A small country whose list came into force on 20 January 2023, looked at on 10 April."""
    rehearsal.set("2023-01-20T12:00")
    country.import_bodies()
    country.import_list()
    country.approve()
    rehearsal.set("2023-04-10T12:00")
    return rehearsal
