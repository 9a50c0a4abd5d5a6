"""An officer has a mapping rehearsed, waits for it, and reads the ticket; then one that is stopped."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import expect

import ckan.lib.jobs as ckan_jobs

from ckanext.roadmap import rehearsal_jobs
from ckanext.roadmap.services import clock
from ckanext.roadmap.tests.harvesters.conftest import Chain, chain  # noqa: F401
from ckanext.roadmap.tests.journeys.test_acts import log_in, person
from ckanext.roadmap.tests.journeys.test_links import shoot

from .conftest import Reader

pytestmark = pytest.mark.usefixtures("with_plugins")


def rehearse() -> None:
    ckan_jobs.Worker([rehearsal_jobs.QUEUE]).work(burst=True)


def test_a_rehearsal_is_asked_for_watched_and_read(
    chain: Chain,  # noqa: F811
    clock_file: Path,
    reader: Reader,
):
    clock_file.write_text((clock.now() + timedelta(hours=1)).isoformat())  # the list is in force by then
    log_in(reader, person("ministry-education", "editor"))
    page = reader.visit("/mappings/schools")
    page.locator('a[href$="/mappings/schools/rehearsals"]').click()
    expect(page.locator(".roadmap-empty")).to_be_visible()
    shoot(reader, "rehearsals-none")
    page.locator("#rehearse button").click()
    expect(page.locator("#rehearsals .roadmap-outcome")).to_be_visible()
    reader.check()
    shoot(reader, "rehearsals-waiting")
    rehearse()
    expect(page.locator(".roadmap-ticket .fa-check")).to_be_visible()  # without a word of the reader
    chain.sql("ALTER TABLE schools DROP name")
    page.locator("#rehearse button").click()
    rehearse()
    expect(page.locator(".roadmap-ticket .roadmap-error")).to_be_visible()
    for reader.lang in ("uz", "ru"):
        page = reader.visit("/mappings/schools/rehearsals")
        expect(page.locator(".roadmap-ticket")).to_have_count(2)
        page.locator(".roadmap-ticket summary").last.click()
        with page.expect_download() as download:
            page.locator(".roadmap-ticket a[href$='.json']").last.click()
        assert '"verdict": "ticket"' in Path(download.value.path()).read_text()
        reader.check()
        shoot(reader, "rehearsals")
