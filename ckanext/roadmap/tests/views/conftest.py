"""A country with an approved list, the clock, and canned results for the shapes a small country has not."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import ckan.plugins.toolkit as tk

from ckanext.roadmap.tests import country, statements
from ckanext.roadmap.tests.presentation import canned
from ckanext.roadmap.tests.rehearsal import Clock


@pytest.fixture
def rehearsal(tmp_path: Path, ckan_config: dict[str, object], monkeypatch: pytest.MonkeyPatch) -> Clock:
    """The clock, standing at noon of 20 July 2023 in Tashkent."""
    clock = Clock(tmp_path / "clock", "2023-07-20T12:00:00+05:00")
    monkeypatch.setitem(ckan_config, "ckanext.roadmap.rehearsal_clock", str(clock.path))
    return clock


@pytest.fixture
def approved(clean_db: None, rehearsal: Clock) -> None:
    """Five bodies and a list of three items in force."""
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
