"""Objections and outages as an auditor and a citizen see them, clean by axe in three languages."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from playwright.sync_api import expect

from ckanext.roadmap.logic import health_checks
from ckanext.roadmap.tests.country import act
from ckanext.roadmap.tests.journeys.test_acts import LANGUAGES, log_in, person
from ckanext.roadmap.tests.logic.acting import as_user, deadline_of, member

pytestmark = pytest.mark.usefixtures("with_plugins", "told")
SHOTS = os.environ.get("ROADMAP_SHOTS")


def shoot(reader, name):
    if SHOTS:
        reader.page.screenshot(path=Path(SHOTS) / f"{name}-{reader.lang}.png", full_page=True)


@pytest.fixture
def disputed(told, monkeypatch):
    """Two objections, one of them late, and an outage in the log."""
    for moment, down in (("09:55", ()), ("10:00", ("web", "search")), ("10:05", ()), ("12:00", ())):
        told.set(f"2023-07-10T{moment}")
        probes = {part: (lambda part=part, down=down: part not in down) for part in health_checks.PROBES}
        monkeypatch.setattr(health_checks, "PROBES", probes)
        act("roadmap_heartbeat")
    officer = member("ministry-education")
    for moment, period in (("2023-07-01", "2023-05"), ("2023-07-19", "2023-06")):
        told.set(f"{moment}T09:00")
        words = {"fault": "portal", "text": "Portal ishlamadi, fayl yuklanmadi"}
        as_user(officer, "roadmap_objection_create", deadline=deadline_of("F-01", period), **words)
    told.set("2023-07-20T12:00")


def test_objections_and_outages_in_every_language(reader, disputed):
    for reader.lang in LANGUAGES:
        page = reader.visit("/compliance/objections")
        expect(page.locator("#table-objections tbody tr")).to_have_count(2)
        reader.check()
        shoot(reader, "objections")
        page = reader.visit("/compliance/outages")
        expect(page.locator("#table-outages tbody tr")).to_have_count(3)
        reader.check()
        shoot(reader, "outages")
    log_in(reader, person("statistics-agency", "member"))
    page = reader.visit("/compliance/outages")
    page.locator("#table-outages td a").last.click()
    page.locator(".roadmap-act summary").click()
    expect(page.locator("[name=outage]")).not_to_have_value("")
    reader.check()
    shoot(reader, "outage-form")
