"""A coordinator's mappings in the browser, clean by axe: the list, one, a new one by ticking, a check, faults."""

from __future__ import annotations

from datetime import datetime

import pytest
from playwright.sync_api import expect

from ckan import model

from ckanext.roadmap.model.mapping import Mapping
from ckanext.roadmap.services import runs
from ckanext.roadmap.tests.clock import TASHKENT
from ckanext.roadmap.tests.country import act
from ckanext.roadmap.tests.journeys.test_acts import LANGUAGES, log_in, person
from ckanext.roadmap.tests.journeys.test_links import shoot
from ckanext.roadmap.tests.logic.test_systems import SYSTEM

pytestmark = pytest.mark.usefixtures("with_plugins", "told")


def test_a_coordinator_looks_checks_and_is_told_what_is_wrong(reader):
    log_in(reader, person("statistics-agency", "member"))
    for reader.lang in LANGUAGES:
        page = reader.visit("/mappings")
        expect(page.locator("#table-mappings tbody tr")).to_have_count(1)
        shoot(reader, "mappings")
        page = reader.visit("/mappings/schools")
        expect(page.locator("pre")).to_contain_text("connection: education")
        shoot(reader, "mapping")
    for reader.lang in ("uz", "ru"):
        page = reader.visit("/mappings/schools/edit")
        page.locator(".roadmap-tools [value=check]").click()
        expect(page.locator("#look-fault")).to_be_visible()
        reader.check()
        shoot(reader, "mapping-unreachable")
        page.locator("button[value=text]").click()
        page.locator("[name=definition]").fill("name: schools\nitem: Q-99")
        page.locator("[value=save]").click()
        expect(page.locator("[name=definition][aria-invalid=true]")).to_be_visible()
        reader.check()
        shoot(reader, "mapping-text-fault")
    page = reader.visit("/mappings/import")
    page.locator("[name=upload]").set_input_files(
        {"name": "mapping.yaml", "mimeType": "application/yaml", "buffer": b"name: x"}
    )
    page.locator("#import-mappings button").click()
    expect(page.locator(".roadmap-error")).to_be_visible()
    reader.check()
    shoot(reader, "mapping-import-fault")


def test_a_new_mapping_is_made_by_ticking(reader):
    log_in(reader, person("statistics-agency", "member"))
    for reader.lang in ("ru", "uz"):
        page = reader.visit("/mappings/new")
        page.locator("#connection").select_option("register")
        page.locator("#choose-connection button").click()
        expect(page.locator("#table-offered tbody tr")).to_have_count(2)
        reader.check()
        shoot(reader, "mapping-offered")
        page.get_by_role("link", name="open_school").click()
        expect(page.locator(".roadmap-lines [type=checkbox][name$='.use']:checked")).to_have_count(0)
        page.locator("[name='dataset.title.uz']").fill("Maktablar")
        page.locator("[name=body]").select_option("ministry-education")
        page.locator("[name=item]").select_option("E-01")
        page.locator(".roadmap-tools [value=save]").click()
        expect(page.locator(".roadmap-error a")).to_have_attribute("href", "#f-columns")
        reader.check()
        shoot(reader, "mapping-fault")
    page.locator("[value=tick]").click()
    page.locator("[name='column-0.key']").check()
    page.locator("[name='column-1.title.ru']").fill("Название")
    page.locator(".roadmap-lines details").nth(1).click()
    page.locator("[name='schedule.rhythm']").select_option("daily")
    page.locator("[name='schedule.at']").fill("02:30")
    reader.check()
    shoot(reader, "mapping-form")
    page.locator(".roadmap-tools [value=check]").click()
    expect(page.locator("#look-title")).to_contain_text("40")
    page.locator(".roadmap-tools [value=save]").click()
    expect(page.locator("h1")).to_contain_text("open-school")
    reader.check()
    shoot(reader, "mapping-made")


def test_on_a_phone_and_where_nothing_is_mapped(reader):
    """A failed reading that is tried again, a system with what is read from it, and an empty list."""
    officer = person("ministry-finance")
    act("roadmap_system_create", **{**SYSTEM, "connection": "education"})
    _fail_this_night()
    log_in(reader, person("statistics-agency", "member"))
    reader.page.set_viewport_size({"width": 390, "height": 844})
    for reader.lang in ("uz", "ru"):
        for name, path in PHONE.items():
            page = reader.visit(path)
            assert page.evaluate("document.documentElement.scrollWidth") <= 390, path
            shoot(reader, f"phone-{name}")
        page = reader.visit("/systems/IS-0001")
        expect(page.locator("#table-of-system tbody tr")).to_have_count(1)
        shoot(reader, "system-mapped")
    log_in(reader, officer)
    for reader.lang in ("uz", "ru"):
        page = reader.visit("/mappings")
        expect(page.locator("#table-mappings tbody tr")).to_have_count(0)
        shoot(reader, "mappings-empty")


PHONE = {"mappings": "/mappings", "mapping": "/mappings/schools", "form": "/mappings/schools/edit"}


def _fail_this_night() -> None:
    """The source was down at half past two."""
    at = datetime(2023, 7, 20, 2, 30, tzinfo=TASHKENT)
    run = runs.begin(model.Session, at, model.Session.get_one(Mapping, "mapping-schools"), None)
    fault = {"phase": "extract", "code": "unreachable", "message": "-", "remedy": "-", "params": {}}
    run.state, run.outcome, run.finished_at, run.error = "finished", runs.FAILED, at, fault
    model.Session.commit()
