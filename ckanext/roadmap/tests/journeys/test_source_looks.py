"""A coordinator waits for a slow source without a page waiting, ends a look, and ticks what another one found."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

import ckan.lib.jobs as ckan_jobs

from ckanext.roadmap import look_jobs
from ckanext.roadmap.services import queue_jobs
from ckanext.roadmap.tests.country import act
from ckanext.roadmap.tests.journeys.test_acts import log_in, person
from ckanext.roadmap.tests.journeys.test_links import shoot

from .conftest import Reader

pytestmark = pytest.mark.usefixtures("with_plugins", "told")


@pytest.fixture
def register(ministry: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The worker of these tests knows the connection, as the portal does."""
    monkeypatch.setenv("CKANEXT__ROADMAP__CONNECTION__REGISTER__URL", ministry)


def ask() -> str:
    fields = [
        ["connection", "register"],
        ["table", "open_school"],
        ["schema", "main"],
        ["name", "open-school"],
    ]
    form = {"mapping": "", "fields": fields}
    asked = {"connection": "register", "table": "open_school", "schema": "main", "form": form}
    return act("roadmap_source_look_create", **asked)["id"]


@pytest.mark.usefixtures("register")
def test_a_look_is_ended_asked_for_again_watched_and_taken_up(reader: Reader):
    log_in(reader, person("statistics-agency", "member"))
    queue = ckan_jobs.get_queue(look_jobs.QUEUE)
    for reader.lang in ("uz", "ru"):
        id = ask()
        page = reader.visit(f"/mappings/looks/{id}")
        expect(page.locator("#source-look .roadmap-outcome")).to_be_visible()
        shoot(reader, "source-look-waiting")
        page.locator("[value=cancel]").click()
        expect(page.locator("#source-look .alert-info")).to_be_visible()
        reader.check()
        shoot(reader, "source-look-ended")
        page.locator("[value=again]").click()
        expect(page.locator("#source-look .roadmap-outcome")).to_be_visible()
        assert not page.url.endswith(id)
        ckan_jobs.Worker([look_jobs.QUEUE]).work(burst=True)
        expect(page.locator("#look-title")).to_contain_text("40")  # without a word of the reader
        reader.check()
        shoot(reader, "source-look-done")
        page.locator("#source-look a.btn-primary").click()
        expect(page.locator("#f-name")).to_have_value("open-school")
        expect(page.locator(".roadmap-lines [name='column-3.source']")).to_have_value("yil")
        reader.check()
        shoot(reader, "source-look-form")
        lost = ask()
        queue_jobs.stop(queue, f"look_{lost}", at_once=False)
        page = reader.visit(f"/mappings/looks/{lost}")
        expect(page.locator("#source-look .roadmap-error")).to_be_visible()
        shoot(reader, "source-look-failed")
        fields = {"mapping": "", "fields": [["connection", "register"]]}
        listing = act("roadmap_source_look_create", connection="register", form=fields)["id"]
        ckan_jobs.Worker([look_jobs.QUEUE]).work(burst=True)
        page = reader.visit(f"/mappings/looks/{listing}")
        reader.check()
        shoot(reader, "source-look-listed")
        page.locator("#source-look a.btn-primary").click()
        expect(page.locator("#table-offered")).to_contain_text("open_school")
