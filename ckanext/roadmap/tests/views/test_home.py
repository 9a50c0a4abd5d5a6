"""The portal's first page, and the head of every page."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup

from ckanext.roadmap.tests.clock import RehearsalClock
from ckanext.roadmap.tests.logic.acting import publish

pytestmark = pytest.mark.usefixtures("with_plugins")


def page(app, url: str) -> BeautifulSoup:
    return BeautifulSoup(app.get(url, status=200).body, "html.parser")


@pytest.mark.usefixtures("approved")
def test_the_first_page_says_what_the_compliance_page_says(app, rehearsal: RehearsalClock):
    publish(rehearsal, "2023-10-05T12:00")
    rehearsal.set("2023-12-20T12:00")
    shown, whole = page(app, "/ru/"), page(app, "/ru/compliance")
    assert [one.get_text() for one in shown.select(".roadmap-cards a")] == [
        one.get_text() for one in whole.select(".roadmap-cards a")
    ]
    assert [one["href"] for one in shown.select(".roadmap-cards a")] == [
        one["href"] for one in whole.select(".roadmap-cards a")
    ]
    assert shown.select_one(".roadmap-owed a")["href"] == "/ru/dataset/schools"


@pytest.mark.usefixtures("clean_db", "clean_index")
def test_before_a_list_is_approved_no_figure_is_shown(app):
    shown = page(app, "/en/")
    assert not shown.select(".roadmap-cards")
    assert shown.select_one(".roadmap-ways a")["href"] == "/en/approved-list"


@pytest.mark.usefixtures("clean_db", "clean_index")
@pytest.mark.ckan_config("ckan.site_intro_text", "# Welcome to *us*")
def test_who_runs_the_portal_writes_the_head(app):
    assert [one.get_text() for one in page(app, "/en/").select("main h1, [role=main] h1")] == [
        "Welcome to us"
    ]


@pytest.mark.usefixtures("clean_db", "clean_index")
def test_every_page_leads_to_itself_in_the_other_languages(app):
    shown = page(app, "/ru/compliance/rule")
    ways = {one["lang"]: one["href"] for one in shown.select(".roadmap-languages a")}
    assert ways == {lang: f"/{path}/compliance/rule" for lang, path in LANGUAGES.items()}
    assert shown.select_one(".roadmap-languages [aria-current]")["lang"] == "ru"


LANGUAGES = {"uz": "uz", "uz-Cyrl": "uz_Cyrl", "ru": "ru", "en": "en"}


@pytest.mark.usefixtures("approved")
def test_organizations_and_datasets_are_called_what_the_reader_calls_them(app, rehearsal: RehearsalClock):
    publish(rehearsal, "2023-10-05T12:00")
    for url in (
        "/ru/dataset/",
        "/ru/dataset/schools",
        "/ru/organization/",
        "/ru/organization/ministry-education",
    ):
        shown = page(app, url).select_one(".main").get_text()
        assert "Министерство образования" in shown
        assert "Ta'lim vazirligi" not in shown


@pytest.mark.usefixtures("clean_db", "clean_index")
def test_what_is_not_public_says_so_in_the_readers_language(app):
    shown = BeautifulSoup(app.get("/ru/mappings", status=403).body, "html.parser").select_one(".main")
    assert "roadmap_mapping_list" not in shown.get_text()
    assert shown.select_one("a[href*='came_from']")["href"].startswith("/ru/user/login")
