"""An objection from the officer's page to the auditor's ruling, clean by axe in three languages."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

import ckan.plugins.toolkit as tk
from ckan.tests import factories

from ckanext.roadmap.tests.logic.acting import deadline_of

pytestmark = pytest.mark.usefixtures("with_plugins", "told")
LANGUAGES = ("uz", "ru", "en")
PASSWORD = "correct horse 2023"


def person(organization: str, role: str = "editor") -> str:
    """A person with a password, a member of an organization."""
    user = factories.User(password=PASSWORD)
    if organization == "anti-corruption-agency":
        factories.Organization(name=organization)
    tk.get_action("organization_member_create")(
        {"ignore_auth": True, "user": ""}, {"id": organization, "username": user["name"], "role": role}
    )
    return user["name"]


def log_in(reader, name: str) -> None:
    reader.page.context.clear_cookies()
    page = reader.page
    page.goto(f"{reader.base}/{reader.lang}/user/login")
    page.fill("#field-login", name)
    page.fill("#field-password", PASSWORD)
    page.locator("form .btn-primary[type=submit]").click()
    page.wait_for_load_state()


def test_from_the_objection_to_the_ruling(reader):
    officer, auditor = person("ministry-education"), person("anti-corruption-agency", "member")
    story = f"/compliance/deadline/{deadline_of('F-01', '2023-03')}"
    log_in(reader, officer)
    page = reader.visit(story)
    page.locator(".roadmap-act summary").click()
    page.locator(".roadmap-act textarea").fill("   ")
    page.locator(".roadmap-act button").click()
    expect(page.locator(".roadmap-field-error")).to_be_visible()
    reader.check()
    page.locator(".roadmap-act textarea").fill("Elektr yo'q edi")
    page.locator(".roadmap-act button").click()
    expect(page.locator(".roadmap-verdict .roadmap-status-contested")).to_be_visible()
    reader.check()
    log_in(reader, auditor)
    reader.visit(story)
    page.locator(".roadmap-act summary").click()
    page.locator("[name=ruling]").select_option("upheld")
    page.locator("[name=remedy]").select_option("exempt")
    page.locator(".roadmap-act textarea").fill("Jurnalga ko'ra")
    reader.check()
    page.locator(".roadmap-act button").click()
    expect(page.locator(".roadmap-verdict .roadmap-status-exempt")).to_be_visible()
    for reader.lang in LANGUAGES:
        expect(reader.visit(story).locator(".roadmap-answer")).to_contain_text("Jurnalga ko'ra")


def test_the_past_is_marked_on_every_page(reader):
    for reader.lang in LANGUAGES:
        page = reader.visit("/compliance?as_of=2023-05-10")
        expect(page.locator(".roadmap-then")).to_be_visible()
        page.locator('#table-bodies a[href*="/body/ministry-education?as_of"]').first.click()
        expect(page.locator(".roadmap-then")).to_be_visible()
        reader.check()
        page.locator("#table-deadlines td.roadmap-cell-period a").first.click()
        expect(page.locator(".roadmap-then")).to_be_visible()
        reader.check()


def test_a_telephone_reads_the_story(reader):
    reader.page.set_viewport_size({"width": 375, "height": 700})
    page = reader.visit(f"/compliance/deadline/{deadline_of('E-01', '2023-Q1')}")
    width = "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
    assert page.evaluate(width)
