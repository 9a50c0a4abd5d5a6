"""A reader follows a table through time."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from typing import Any

import pytest

from ckan import model

from ckanext.roadmap import config, jobs
from ckanext.roadmap.model.mapping import Mapping
from ckanext.roadmap.tests.harvesters.conftest import Chain, chain  # noqa: F401

from .conftest import Reader

pytestmark = pytest.mark.usefixtures("with_plugins")


@pytest.fixture
def mapping(chain: Chain, ckan_config: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Mapping]:  # noqa: F811
    """A table of three versions, one of them with a file that could not be made."""
    monkeypatch.setitem(ckan_config, "ckanext.roadmap.files_path", "")
    chain.harvest()
    found = model.Session.scalars(Mapping.by_name("schools")).one()
    for pupils in (7, 8):
        chain.sql("UPDATE schools SET pupils = %s, name = %s WHERE id <= 2", pupils, "x" * (5000 * pupils))
        jobs.load_mapping(found.id)
    yield found
    shutil.rmtree(config.files_folder() / found.resource_id, ignore_errors=True)


def test_versions_and_changes(mapping: Mapping, reader: Reader):
    reader.visit(f"/dataset/maktablar/resource/{mapping.resource_id}")
    reader.page.wait_for_selector("#versions #table-versions")
    reader.check()
    place = f"/dataset/maktablar/resource/{mapping.resource_id}"
    page = reader.visit(f"{place}/versions")
    assert page.locator("#table-versions tbody tr").count() == 3
    with page.expect_download() as download:
        page.locator("#table-versions tbody tr").nth(1).get_by_role("link", name="CSV").click()
    assert download.value.suggested_filename.startswith("maktablar-")
    page = reader.visit(f"{place}/changes")
    assert page.locator("#table-changes tbody tr").count() == 4
    page = reader.visit("/compliance/runs?outcome=applied")
    assert page.locator("#table-runs tbody tr").count() == 3
    page.locator("#table-runs tbody a").first.click()
    reader.check()
