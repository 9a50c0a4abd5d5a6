"""The technical guide: its page and files in every language, who sees it, and that it was issued."""

from __future__ import annotations

import io
import re
from typing import Any

import pypdf
import pytest

from ckanext.roadmap.domain.script import to_cyrillic
from ckanext.roadmap.tests.country import act, upload
from ckanext.roadmap.tests.logic.acting import member
from ckanext.roadmap.tests.logic.test_systems import SYSTEM
from ckanext.roadmap.tests.views.test_compliance import page
from ckanext.roadmap.tests.views.test_deadline import headers

pytestmark = pytest.mark.usefixtures("with_plugins", "approved")
URL = "/systems/IS-0001/guide"
MAPPING = """
name: schools
connection: education
schema: open_data
table: schools
item: E-01
body: ministry-education
dataset:
  name: schools
  title: {uz: Maktablar, ru: Школы, en: Schools}
key: id
columns:
  - {name: id, type: int4}
  - {name: seats, source: capacity, type: int4, title: {uz: O'rinlar, ru: Места, en: Seats}}
"""


@pytest.fixture
def officer(approved: None) -> dict[str, str]:
    """Who may see the guide of a system with a mapping."""
    act("roadmap_system_create", **SYSTEM, connection="education", title_ru="Система школ")
    act("roadmap_mapping_import", upload=upload(MAPPING, "m.yaml"))
    return headers(member("ministry-education"))


def pdf(app: Any, lang: str, who: dict[str, str]) -> str:
    answer = app.get(f"/{lang}{URL}.pdf", headers=who)
    assert answer.headers["Content-Disposition"].endswith(f'guide-IS-0001-{lang}.pdf"')
    pages = pypdf.PdfReader(io.BytesIO(answer.data)).pages
    return re.sub(r"\s+", " ", " ".join(one.extract_text() for one in pages))


def test_the_page_holds_what_the_ministry_needs_and_no_secret(app, officer):
    shown = page(app, f"/en{URL}", headers=officer)
    headings = [one.get_text() for one in shown.select(".roadmap-guide h2")]
    assert [one[:2] for one in headings] == ["1.", "2.", "3.", "4.", "5.", "6.", "7.", "8."]
    text = shown.select_one(".roadmap-guide").get_text()
    assert 'CREATE OR REPLACE VIEW "open_data"."schools" AS\n  SELECT "id", "capacity"' in text
    assert "hostssl  <DATABASE>  portal_reader  <READER-ADDRESS>/32" in text
    assert "under the name education" in text
    assert [cell.get_text() for cell in shown.select(".roadmap-guide table")[0].select("tr:last-child td")] == [
        "capacity", "seats", "whole number", "Seats",
    ]  # fmt: skip
    assert "it@edu.example" in text


def test_files_in_the_languages_of_the_state(app, officer):
    uzbek, cyrillic, russian = (pdf(app, lang, officer) for lang in ("uz", "uz_Cyrl", "ru"))
    assert "IS-0001 tizimini ulash bo‘yicha texnik qo‘llanma" in uzbek
    assert to_cyrillic("Qabul qilish dalolatnomasi") in cyrillic
    assert "REVOKE CREATE ON SCHEMA public FROM PUBLIC" in cyrillic
    assert "«Система школ»" in russian
    assert "GRANT SELECT ON" in russian
    word = app.get(f"/ru{URL}.docx", headers=officer)
    assert word.data[:2] == b"PK"
    app.get(f"/ru{URL}.odt", headers=officer, status=404)


@pytest.mark.parametrize(
    ("network", "told"), [("closed", "can't reach this network"), ("state", "Find out first")]
)
def test_the_network_and_an_unknown_database_system(app, approved, network, told):
    act("roadmap_system_create", **{**SYSTEM, "network": network, "dbms": "1C", "personal_data": "special"})
    text = page(app, f"/en{URL}", headers=headers(member("ministry-education"))).get_text()
    assert told in text
    assert 'token_file = "/etc/roadmap-agent/token"' in text
    assert "no ready scripts" in text
    assert "No mapping has been made yet" in text
    assert "special categories" in text


def test_its_issue_is_recorded_once(app, officer):
    coordinator = headers(member("statistics-agency", "member"))
    assert not page(app, f"/en{URL}", headers=officer).select("#issue-guide")
    assert page(app, f"/en{URL}", headers=coordinator).select("#issue-guide")
    sent = {"form": "issue-guide", "reached": "2023-07-20", "act": "No. 12 of 20 July 2023"}
    assert app.post(f"/en{URL}", data={**sent, "act": ""}, headers=coordinator, status=400)
    app.post(f"/en{URL}", data=sent, headers=coordinator)
    shown = act("roadmap_system_show", code="IS-0001")
    assert (shown["stage"], shown["steps"][0]["act"]) == ("guide_issued", "No. 12 of 20 July 2023")
    assert not page(app, f"/en{URL}", headers=coordinator).select("#issue-guide")
    app.post(f"/en{URL}", data=sent, headers=coordinator, status=403)


def test_nobody_else_sees_it(app, officer):
    for who in ({}, headers(member("ministry-finance")), headers(member("anti-corruption-agency", "member"))):
        app.get(f"/en{URL}", headers=who, status=403)
        app.get(f"/en{URL}.pdf", headers=who, status=403)
    link = "a[href$='IS-0001/guide']"
    assert page(app, "/en/systems/IS-0001", headers=officer).select(link)
    assert not page(app, "/en/systems/IS-0001").select(link)
