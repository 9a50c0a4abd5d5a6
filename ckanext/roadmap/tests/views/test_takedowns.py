"""The pages of takedowns: public, with the forms of those who may act."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup

from ckan.tests import factories

from ckanext.roadmap.tests.country import act
from ckanext.roadmap.tests.logic.acting import deadline_of, member, publish
from ckanext.roadmap.tests.views.test_compliance import page
from ckanext.roadmap.tests.views.test_deadline import headers

pytestmark = pytest.mark.usefixtures("with_plugins", "approved")
URL = "/en/compliance/takedowns"


@pytest.fixture
def resource():
    dataset = factories.Dataset(name="pupils", title="Pupils by school", owner_org="ministry-education")
    return factories.Resource(package_id=dataset["id"], url="https://x.example/a.csv")["id"]


def forms(shown: BeautifulSoup) -> list[str]:
    return [form["id"] for form in shown.select(".roadmap-act form")]


def test_nothing_yet_says_whom_to_tell(app):
    shown = page(app, URL)
    assert "Nothing was ever taken down" in shown.get_text()
    assert forms(shown) == []


def test_from_the_form_to_the_ruling_and_back(app, resource):
    coordinator, auditor = (headers(member(name)) for name in ("statistics-agency", "anti-corruption-agency"))
    (form,) = forms(page(app, URL, headers=coordinator))
    address = f"https://portal.example/uz/dataset/pupils/resource/{resource}?inner_span=True"
    sent = {"form": form, "resource": address, "reason": "Names of pupils"}
    shown = BeautifulSoup(app.post(URL, data=sent, headers=coordinator).body, "html.parser")
    assert "Hidden, waits for the ruling" in shown.select_one(".roadmap-verdict").get_text()
    (told,) = act("roadmap_takedown_list")["takedowns"]
    one = f"{URL}/{told['id']}"
    assert forms(page(app, one)) == []
    assert forms(page(app, one, headers=coordinator)) == []
    (form,) = forms(page(app, one, headers=auditor))
    app.post(one, data={"form": form, "ruling": "confirmed", "text": "By law"}, headers=auditor)
    assert "By law" in page(app, one).get_text()
    (form,) = forms(page(app, one, headers=coordinator))
    app.post(one, data={"form": form, "text": "Names removed"}, headers=coordinator)
    shown = page(app, one)
    assert "Cleaned, public again" in shown.select_one(".roadmap-verdict").get_text()
    assert shown.select_one('.roadmap-dates a[href*="/dataset/"]').get_text() == "Pupils by school"
    listed = page(app, URL).select_one("#table-takedowns").get_text()
    assert "Names of pupils" in listed
    assert "Pupils by school" in listed


def test_what_is_missing_is_told_at_its_field(app, resource):
    coordinator = headers(member("statistics-agency"))
    answer = app.post(URL, data={"resource": resource, "reason": ""}, headers=coordinator, status=400)
    shown = BeautifulSoup(answer.body, "html.parser")
    assert shown.select_one("textarea[name=reason][aria-invalid=true]")
    assert shown.select_one("input[name=resource]")["value"] == resource
    answer = app.post(URL, data={"resource": "b", "reason": "PINFL"}, headers=coordinator, status=400)
    shown = BeautifulSoup(answer.body, "html.parser")
    assert shown.select_one("input[name=resource][aria-invalid=true]")["value"] == "b"
    assert shown.select_one("textarea[name=reason]").get_text().strip() == "PINFL"


def test_the_public_may_not_hide_anything(app, resource):
    app.post(URL, data={"resource": resource, "reason": "x"}, status=403)
    assert act("roadmap_takedown_list")["takedowns"] == []


def test_an_officer_finds_the_form_by_the_resource(app, resource):
    officer = headers(member("ministry-education"))
    assert forms(page(app, URL, headers=officer)) == []
    shown = page(app, f"{URL}?resource={resource}", headers=officer)
    assert shown.select_one("input[name=resource]")["value"] == resource


def test_a_deadline_tells_why_it_is_free(app, rehearsal):
    dataset = publish(rehearsal, "2023-04-05T12:00")
    rehearsal.set("2023-07-05T12:00")
    made = factories.Resource(package_id=dataset, url="https://x.example/a.csv")["id"]
    taken = act("roadmap_takedown_create", resource=made, reason="Names of pupils")["id"]
    rehearsal.set("2023-07-20T12:00")
    url = f"/en/compliance/deadline/{deadline_of('E-01', '2023-Q2')}"
    shown = page(app, url)
    assert "Exempt" in shown.select_one(".roadmap-verdict").get_text()
    told = shown.select_one("#acts ~ .roadmap-story").get_text(" ", strip=True)
    assert "Takedown of personal data" in told
    assert "5 Jul 2023 – …" in told
    assert "Names of pupils" in told
    act("roadmap_takedown_rule", id=taken, ruling="dismissed", text="Names of schools only")
    shown = page(app, url)
    assert "Exempt" in shown.select_one(".roadmap-verdict").get_text()
    assert "Names of schools only" in shown.select_one("#acts ~ .roadmap-story .roadmap-answer").get_text()


def test_none(app):
    assert "What to do" in page(app, f"{URL}/none", status=404).get_text()


def test_the_list_can_be_downloaded(app, resource):
    act("roadmap_takedown_create", resource=resource, reason="Names of pupils")
    assert "Names of pupils" in app.get(f"{URL}?format=csv").body
