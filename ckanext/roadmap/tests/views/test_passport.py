"""The form and the page of a dataset: its texts in four languages, and what a search finds of them."""

from __future__ import annotations

import pytest

from ckan.tests import factories

from ckanext.roadmap.tests.country import act
from ckanext.roadmap.tests.views.test_compliance import page

pytestmark = pytest.mark.usefixtures("with_plugins", "approved", "clean_index")

TYPED = {
    "title": "O‘quvchilar soni",
    "title_translated-uz_Cyrl": "",
    "title_translated-ru": "Численность учеников",
    "title_translated-en": "Number of pupils",
    "name": "pupils",
    "notes": "Maktablar bo‘yicha",
    "notes_translated-uz_Cyrl": "",
    "notes_translated-ru": "По всем школам",
    "notes_translated-en": "",
    "owner_org": "ministry-education",
    "license_id": "cc-by",
}


@pytest.fixture
def admin():
    return {"Authorization": factories.SysadminWithToken()["token"]}


def test_what_is_typed_in_each_language_is_shown_and_found(app, admin):
    app.post("/dataset/new", data={**TYPED, "save": "go-resources"}, headers=admin, follow_redirects=False)
    act("resource_create", package_id="pupils", url="https://example.org/a.csv", format="CSV")
    act("package_patch", id="pupils", state="active")
    kept = act("package_show", id="pupils")
    assert kept["title_translated"] == {
        "uz": "O‘quvchilar soni",
        "ru": "Численность учеников",
        "en": "Number of pupils",
    }
    assert kept["notes_translated"] == {"uz": "Maktablar bo‘yicha", "ru": "По всем школам"}
    for lang, title, notes in (
        ("ru", "Численность учеников", "По всем школам"),
        ("en", "Number of pupils", "По всем школам"),
    ):
        shown = page(app, f"/{lang}/dataset/pupils")
        assert shown.select_one("h1").get_text(strip=True) == title
        assert notes in shown.select_one(".notes").get_text()
        (listed,) = page(app, f"/{lang}/dataset/").select(".dataset-item")
        assert (title in listed.get_text(), notes in listed.get_text()) == (True, True)
    for word in ("учеников", "школам", "pupils", "soni"):
        assert [one["name"] for one in act("package_search", q=word)["results"]] == ["pupils"], word
    form = page(app, "/ru/dataset/edit/pupils", headers=admin)
    assert form.select_one("[name=title_translated-ru]")["value"] == "Численность учеников"
    assert form.select_one("[name=notes_translated-ru]").get_text() == "По всем школам"


def test_a_form_that_is_refused_keeps_what_was_typed(app, admin):
    answer = app.post("/ru/dataset/new", data={**TYPED, "name": "!", "save": "go-resources"}, headers=admin)
    assert "Численность учеников" in answer.body
    assert "По всем школам" in answer.body


def test_a_dataset_with_one_title_has_no_others_and_is_shown(app, admin):
    act("package_create", name="roads", title="Yo‘llar", owner_org="ministry-education")
    assert "title_translated" not in act("package_show", id="roads")
    assert page(app, "/ru/dataset/roads").select_one("h1").get_text(strip=True) == "Yo‘llar"
    assert "Yo‘llar" in app.get("/ru/dataset/edit/roads", headers=admin).body


@pytest.mark.parametrize("told", [{"kz": "x"}, {"ru": 5}, "[]", "{"])
def test_a_text_in_no_language_of_the_portal_is_refused(app, told):
    token = factories.SysadminWithToken()["token"]
    values = {"name": "x", "owner_org": "ministry-education", "title": "x", "title_translated": told}
    answer = app.post("/api/action/package_create", json=values, headers={"Authorization": token}, status=409)
    assert "uz, uz_Cyrl, ru, en" in str(answer.json["error"]["title_translated"])
