"""Badges, cards, and the boxes on CKAN's own pages."""

from __future__ import annotations

import xml.etree.ElementTree as ET

import pytest
from bs4 import BeautifulSoup

from ckan import model

from ckanext.roadmap.presentation.badge_svg import Badge, content
from ckanext.roadmap.tests import country, statements
from ckanext.roadmap.tests.clock import RehearsalClock
from ckanext.roadmap.tests.country import act
from ckanext.roadmap.tests.logic.acting import deadline_of, publish

pytestmark = pytest.mark.usefixtures("with_plugins", "approved")
BODY = "compliance/badge/ministry-education.svg"
SVG = "{http://www.w3.org/2000/svg}"
GREEN = "#1b6b3a"


def page(app, url: str) -> BeautifulSoup:
    return BeautifulSoup(app.get(url, status=200).body, "html.parser")


def picture(app, url: str) -> ET.Element:
    answer = app.get(url, status=200)
    assert answer.headers["Content-Type"].startswith("image/svg+xml")
    return ET.fromstring(answer.body)  # noqa: S314 - our own


@pytest.fixture
def kept(approved: None, rehearsal: RehearsalClock) -> str:
    """The schools of the third quarter came on time, looked at after grace; the id of the dataset."""
    dataset = publish(rehearsal, "2023-10-05T12:00")
    rehearsal.set("2023-12-20T12:00")
    return dataset


@pytest.mark.usefixtures("kept")
@pytest.mark.parametrize("lang", ["en", "ru", "uz_Cyrl"])
def test_a_badge_names_its_language_and_says_in_words_what_it_shows(app, lang):
    found = picture(app, f"/{lang}/{BODY}")
    assert found.attrib["lang"] == lang.replace("_", "-")
    label, value = (one.text for one in found.findall(f".//{SVG}text"))
    assert found.find(f"{SVG}title").text.endswith(f"{label}: {value[2:]}")


def test_a_badge_says_what_the_page_says(app, kept):
    shown = page(app, "/en/compliance/body/ministry-education")
    percent = shown.select(".roadmap-card-figure")[2].get_text()
    assert picture(app, f"/en/{BODY}").findall(f".//{SVG}text")[1].text.endswith(f"kept {percent}")
    of_dataset = picture(app, "/en/compliance/badge/dataset/schools.svg")
    assert of_dataset.findall(f".//{SVG}text")[1].text == "✓ On time"
    assert of_dataset.find(f"{SVG}path").attrib["fill"] == GREEN


def test_what_is_contested_is_not_green(app, kept, rehearsal: RehearsalClock):
    url = "/en/compliance/badge/dataset/schools.svg"
    rehearsal.set("2024-03-20T12:00")
    late = deadline_of("E-01", "2023-Q4")
    act("roadmap_objection_create", deadline=late, fault="portal", text="An outage")
    rehearsal.set("2024-03-20T12:01")
    now, then = picture(app, url), picture(app, f"{url}?as_of=2023-12-20")
    assert now.findall(f".//{SVG}text")[1].text == "– Contested"
    assert now.find(f"{SVG}path").attrib["fill"] != GREEN == then.find(f"{SVG}path").attrib["fill"]


def test_what_cannot_be_measured_is_not_green(app, kept, rehearsal: RehearsalClock):
    country.import_list(country.ITEMS.replace(",yes,region,yes", ",yes,,yes"), year=2024)
    rehearsal.set("2024-01-02T12:00")
    country.approve(year=2024, day="2024-01-02")
    publish(rehearsal, "2024-04-05T12:00", content="c", regions=None)
    model.Session.expire_all()
    found = picture(app, "/en/compliance/badge/dataset/schools.svg")
    assert found.find(f"{SVG}path").attrib["fill"] != GREEN


def test_a_body_without_a_closed_deadline_is_not_rated(app):
    found = picture(app, f"/en/{BODY}?as_of=2023-01-20")
    assert found.findall(f".//{SVG}text")[1].text == "– Not rated"


def test_who_has_it_already_is_told_so(app, kept, rehearsal: RehearsalClock):
    etag = app.get(f"/en/{BODY}", status=200).headers["ETag"]
    again = app.get(f"/en/{BODY}", headers={"If-None-Match": etag}, status=304)
    assert again.body == ""
    assert "Set-Cookie" not in again.headers
    rehearsal.set("2024-02-20T12:00")
    assert app.get(f"/en/{BODY}", headers={"If-None-Match": etag}, status=200).headers["ETag"] != etag


@pytest.mark.parametrize(
    "of", ["badge/none.svg", "badge/item/Z-99.svg", "badge/dataset/none.svg", "card/none"]
)
def test_what_is_not_there_says_so_on_another_page_too(app, of):
    answer = app.get(f"/en/compliance/{of}", status=404)
    assert "nothing public here" in answer.body
    assert "<script" not in answer.body
    assert "frame-ancestors *" in answer.headers["Content-Security-Policy"] or of.endswith(".svg")
    assert app.get(f"/en/compliance/{of}?as_of=never", status=400).mimetype == answer.mimetype


def test_a_private_dataset_has_no_badge_for_the_public(app, kept):
    act("package_patch", id=kept, private=True)
    for kind in ("badge/dataset/schools.svg", "card/dataset/schools"):
        answer = app.get(f"/en/compliance/{kind}", expect_errors=True)
        assert answer.status_code in (403, 404)
        assert "Maktablar" not in answer.body
        assert "nothing public here" in answer.body


@pytest.mark.parametrize("light", ["green", "yellow", "red", "none"])
def test_a_name_cannot_break_out_of_the_picture(light):
    text = "\"</text><script>alert(1)</script>&'"
    found = ET.fromstring(content(Badge(text, text, light, text, text, "uz")))  # noqa: S314 - our own
    assert found.find(f"{SVG}title").text == text
    assert {node.tag for node in found.iter()} == {
        f"{SVG}{name}" for name in ("svg", "title", "desc", "rect", "path", "g", "text")
    }


@pytest.mark.usefixtures("kept")
@pytest.mark.parametrize("of", ["ministry-education", "item/E-01", "dataset/schools"])
def test_a_card_may_stand_in_any_frame_and_loads_nothing(app, of):
    answer = app.get(f"/en/compliance/card/{of}", status=200)
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors *" in policy
    assert "X-Frame-Options" not in answer.headers
    assert "Set-Cookie" not in answer.headers
    shown = BeautifulSoup(answer.body, "html.parser")
    assert not shown.select("script, img, link, iframe, [src]")
    assert shown.html["lang"] == "en"
    assert shown.h1.a["href"].startswith("http")


@pytest.mark.usefixtures("kept")
@pytest.mark.parametrize("of", ["body/ministry-education", "item/E-01", "dataset/schools"])
def test_what_is_copied_is_what_is_shown(app, of):
    shown = page(app, f"/ru/compliance/embed/{of}")
    html, markdown, frame = (one.get_text() for one in shown.select("textarea.roadmap-copy"))
    copied = BeautifulSoup(html + frame, "html.parser")
    assert copied.img["src"] == shown.select_one("#badge ~ p img")["src"]
    assert copied.iframe["src"] == shown.select_one("#card ~ p iframe")["src"]
    assert copied.img["src"] in markdown
    assert "/ru/" in copied.img["src"]


def test_the_page_of_a_dataset_has_its_box(app, kept):
    box = page(app, "/en/dataset/schools").select_one("#compliance-box").parent
    text = box.get_text(" ", strip=True)
    assert "for Ministry of Education" in text
    assert "On time" in text
    assert box.select_one('a[href*="/compliance/deadline/"]')
    assert box.select_one('a[href$="#deadlines"]')
    act("package_create", name="other", owner_org="ministry-education", title_translated={"uz": "Boshqa"})
    assert page(app, "/en/dataset/other").select_one("#compliance-box") is None


def test_the_page_of_an_organization_has_its_badge(app, kept):
    box = page(app, "/en/organization/ministry-education").select_one("#compliance-box").parent
    assert box.select_one(".roadmap-light")
    assert box.select_one('a[href*="/compliance/body/ministry-education"]')
    assert page(app, "/en/organization/hokimiyat-andijan").select_one("#compliance-box") is None


def test_statements_of_the_box_stay_as_many(app, kept, rehearsal: RehearsalClock):
    app.get("/en/dataset/schools")
    model.Session.expire_all()
    with statements.recorded() as few:
        app.get("/en/dataset/schools")
    for month in ("2024-01-05", "2024-04-05", "2024-07-05"):
        publish(rehearsal, f"{month}T12:00", content=month[6])
    with statements.recorded() as many:
        app.get("/en/dataset/schools")
    assert len(many) <= len(few)
