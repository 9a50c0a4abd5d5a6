"""The pages of information systems: public figures, and the forms of those who may act."""

from __future__ import annotations

import io

import pytest
from bs4 import BeautifulSoup

from ckanext.roadmap.tests.country import act
from ckanext.roadmap.tests.logic.acting import member
from ckanext.roadmap.tests.logic.test_systems import CSV, SYSTEM, step
from ckanext.roadmap.tests.views.test_compliance import page
from ckanext.roadmap.tests.views.test_deadline import headers

pytestmark = pytest.mark.usefixtures("with_plugins", "approved")
URL = "/en/systems"


def forms(shown: BeautifulSoup) -> list[str]:
    return [form["id"] for form in shown.select(".roadmap-act form")]


def test_nothing_yet_says_who_declares(app):
    assert "No system has been declared yet" in page(app, URL).get_text()


def test_the_rows_behind_a_body_s_share_are_one_click_away(app):
    act("roadmap_system_create", **SYSTEM, connection="education")
    act(
        "roadmap_system_create",
        **{**SYSTEM, "body": "ministry-finance", "title_uz": "Byudjet", "items": "F-02"},
    )
    step("IS-0001", "guide_issued", "agreement", "test", "live")
    shown = page(app, URL)
    link = shown.select_one("#table-system-bodies a[href*='body=ministry-education']")
    assert "100" in link.get_text()
    rows = page(app, link["href"].partition("#")[0]).select("#table-systems tbody tr")
    assert [row.select_one("a").get_text().split()[0] for row in rows] == ["IS-0001"]
    assert "IS-0002" in shown.select_one("#table-system-dividend").get_text()
    assert "PostgreSQL" not in shown.get_text()


def test_an_officer_declares_changes_and_answers(app):
    officer, url = headers(member("ministry-education")), f"{URL}/body/ministry-education"
    assert forms(page(app, url)) == []
    assert forms(page(app, url, headers=officer)) == ["system-system", "answer-system"]
    sent = {"form": "system-system", "title_uz": "Maktablar", "personal_data": "some", "network": "internet"}
    shown = BeautifulSoup(app.post(url, data=sent, headers=officer).body, "html.parser")
    assert "IS-0001" in shown.select_one("h1").get_text()
    one = f"{URL}/IS-0001"
    assert forms(page(app, one, headers=officer)) == ["system-system"]
    app.post(one, data={**sent, "title_uz": "Maktablar 2", "items": "E-01"}, headers=officer)
    assert "Maktablar 2" in page(app, one).get_text()
    app.post(url, data={"form": "answer-system", "note": ""}, headers=officer)
    assert "answered on" in page(app, url).get_text()


def test_what_is_wrong_is_told_at_its_field(app):
    officer, url = headers(member("ministry-education")), f"{URL}/body/ministry-education"
    sent = {"form": "system-system", "title_uz": "Maktablar", "items": "Q-99", "network": "internet"}
    answer = app.post(url, data=sent, headers=officer, status=400)
    field = BeautifulSoup(answer.body, "html.parser").select_one("input[name=items]")
    assert field["aria-invalid"] == "true"
    assert field["value"] == "Q-99"


def test_coordinators_record_stages_and_import(app):
    coordinator = headers(member("statistics-agency", "member"))
    empty = app.post(f"{URL}/import", headers=coordinator, status=400)
    assert "Choose a file" in empty.body
    bad = {"upload": (io.BytesIO(b"body,title_uz,items\n1-002,Maktablar,Q-99\n"), "register.csv")}
    assert "Row 2, column items" in app.post(f"{URL}/import", data=bad, headers=coordinator, status=400).body
    app.post(
        f"{URL}/import", data={"upload": (io.BytesIO(CSV.encode()), "register.csv")}, headers=coordinator
    )
    one = f"{URL}/IS-0001"
    assert forms(page(app, one, headers=coordinator)) == ["system-system", "step-system"]
    sent = {"form": "step-system", "stage": "guide_issued", "reached": "2023-07-19", "act": "No. 7"}
    app.post(one, data=sent, headers=coordinator)
    assert "Technical guide issued" in page(app, one).select_one(".roadmap-verdict").get_text()
    assert "IS-0001,ministry-education,Maktablar" in app.get(f"{URL}/register.csv", headers=coordinator).body


def test_files_of_every_table(app):
    act("roadmap_system_create", **SYSTEM)
    for name in ("bodies", "trend", "dividend"):
        assert app.get(f"{URL}?table={name}&format=csv").body.count("\n") >= 2
    assert "IS-0001" in app.get(f"{URL}?format=csv").body
    own = f"{URL}/body/{SYSTEM['body']}"
    assert len(page(app, own).select("section[aria-labelledby=trend] tbody tr")) == 8
    assert app.get(f"{own}?table=trend&format=csv").body.count("\n") == 9
    app.get(f"{URL}?table=none&format=csv", status=400)
    app.get(f"{URL}/register.pdf", status=404)
