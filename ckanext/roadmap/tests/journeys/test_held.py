"""An officer finds a held load, sees why it waits, and decides."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from ckan import model
from ckan.tests import factories

from ckanext.roadmap import config
from ckanext.roadmap.model.mapping import Mapping
from ckanext.roadmap.services import clock
from ckanext.roadmap.tests.country import act
from ckanext.roadmap.tests.harvesters.conftest import Chain, chain  # noqa: F401

from .conftest import Reader

pytestmark = pytest.mark.usefixtures("with_plugins")


@pytest.fixture
def held(
    chain: Chain,  # noqa: F811
    clock_file: Path,
    ckan_config: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[dict[str, Any]]:
    """A load of far fewer rows, of a new column, with a telephone number in it."""
    for name, value in (("files_path", ""), ("gate.fewer_rows", 20)):
        monkeypatch.setitem(ckan_config, f"ckanext.roadmap.{name}", value)
    chain.map(contract=[{"rule": "small_cells", "column": "pupils"},
                        {"rule": "codes", "column": "region", "list": "regions"}])  # fmt: skip
    chain.harvest()
    monkeypatch.setitem(ckan_config, "ckanext.roadmap.gate.two_keys", True)
    chain.sql("DELETE FROM schools WHERE id > 40; UPDATE schools SET name = '+998 90 123 45 67' WHERE id < 4")
    chain.sql("ALTER TABLE schools ALTER pupils TYPE text; UPDATE schools SET region = '99' WHERE id = 9")
    chain.harvest()
    found = act("roadmap_held_run_list")["results"][0]
    before = clock_file.read_text()
    clock_file.write_text(
        (clock.now() + timedelta(hours=1)).isoformat()
    )  # the portal's day is this process's
    yield found
    clock_file.write_text(before)
    for folder in (config.files_folder() / found["resource_id"], config.files_folder() / ".held"):
        shutil.rmtree(folder, ignore_errors=True)


def test_two_people_decide(held: dict[str, Any], chain: Chain, reader: Reader):  # noqa: F811
    tokens: list[str] = []
    for organization, capacity in (("ministry-education", "editor"), ("statistics-agency", "member")):
        user = factories.UserWithToken()
        act("organization_member_create", id=organization, username=user["name"], role=capacity)
        tokens.append(user["token"])
    for number, token in enumerate(tokens):
        reader.page.set_extra_http_headers({"Authorization": token})
        page = reader.visit("/compliance/held")
        page.locator("#table-held tbody a").first.click()
        page.wait_for_selector(".roadmap-findings")
        reader.check()
        found = page.locator(".roadmap-findings").first
        assert found.locator("> li").count() == 5
        assert "90 123" not in page.content()
        page.locator("summary").first.click()
        page.locator("textarea").first.fill("Buyruq bilan tasdiqlangan")
        page.locator(f"#approve-{held['id']} button").click()
        page.wait_for_selector(".alert-success")
        chain.load()
        model.Session.expire_all()
        assert model.Session.get_one(Mapping, held["mapping_id"])
        assert len(chain.search()) == (100 if number == 0 else 40)
