"""A country with an approved list, the clock, and canned results for the shapes a small country has not."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

import ckan.plugins.toolkit as tk

from ckanext.roadmap.tests import country, statements
from ckanext.roadmap.tests.clock import RehearsalClock
from ckanext.roadmap.tests.presentation import canned


@pytest.fixture
def approved(clean_db: None, rehearsal: RehearsalClock) -> None:
    """Five bodies and a list of three items in force, at noon of 20 July 2023."""
    rehearsal.set("2023-07-20T12:00")
    country.import_bodies()
    country.import_list()
    country.approve()


@pytest.fixture
def query_count() -> Callable[[Callable[[], object]], int]:
    """Counts the SQL statements that a call sends."""

    def count(call: Callable[[], object]) -> int:
        with statements.recorded() as sent:
            call()
        return len(sent)

    return count


@pytest.fixture
def canned_results(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """Makes the views answer from these results, by action name; a test may change them."""
    results: dict[str, Any] = {
        "roadmap_item_list": [canned.item()],
        "roadmap_compliance_show": canned.country(),
        "roadmap_run_show": canned.run(),
        "package_show": tk.ObjectNotFound(),
    }

    def answer(name: str, **_questions: object) -> Any:
        result = results[name]
        if isinstance(result, Exception):
            raise result
        return result

    monkeypatch.setattr("ckanext.roadmap.views.compliance.act", answer)
    return results
