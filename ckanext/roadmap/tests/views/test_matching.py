"""The worklists of matching as pages: whole ones without a script, parts of them with htmx."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup

from ckan import model
from ckan.tests import factories

from ckanext.roadmap.logic import matching
from ckanext.roadmap.services import clock, publications
from ckanext.roadmap.tests.country import act
from ckanext.roadmap.tests.logic.acting import member

pytestmark = pytest.mark.usefixtures("with_plugins", "clean_index", "approved")


@pytest.fixture
def proposed():
    """The id of a link that the matcher proposes to the Tax Committee."""
    factories.Dataset(name="tax", title="Soliq imtiyozlari", owner_org="tax-committee")
    matching.match()
    return act("roadmap_publication_list", state="proposed")["publications"][0]["id"]


@pytest.fixture
def officer():
    return {"Authorization": _token(member("tax-committee"))}


@pytest.fixture
def coordinator():
    return {"Authorization": _token(member("statistics-agency"))}


def _token(user):
    return factories.APIToken(user=user)["token"]


def state(link):
    return act("roadmap_publication_list", state="confirmed")["publications"] if link else None


def test_an_officer_sees_what_waits_at_the_own_body_with_scores(app, proposed, officer):
    page = app.get("/compliance/matching", headers=officer).body
    assert "Soliq imtiyozlari" in page
    assert "the body that owes it" in page
    assert "100 %" in page
    assert "Ta'lim vazirligi" not in page
    assert "Soliq imtiyozlari" in app.get("/compliance/matching/datasets", headers=officer).body


def test_without_a_script_a_decision_leads_back(app, proposed, officer):
    answer = app.post(
        f"/compliance/matching/{proposed}/confirm",
        headers=officer,
        data={"from": "index"},
        follow_redirects=False,
    )
    assert answer.status_code == 302
    assert answer.headers["Location"].endswith("/compliance/matching")
    assert [link["id"] for link in state(proposed)] == [proposed]


def test_with_htmx_the_answer_stands_in_the_place_of_the_proposal(app, proposed, officer):
    address, headers = f"/compliance/matching/{proposed}/decline", {**officer, "HX-Request": "true"}
    first = app.post(address, headers=headers)
    assert "alert-success" in first.body
    assert "<html" not in first.body
    assert "alert-danger" in app.post(address, headers=headers).body


def test_choosing_by_hand_links_at_once(app, coordinator):
    dataset = factories.Dataset(name="reports", title="Hisobotlar", owner_org="ministry-finance")
    owed = act("roadmap_unmatched_obligation_list", q="F-02", body="ministry-finance")["obligations"][0]
    address = f"/compliance/matching/obligation/{owed['id']}"
    assert "Hisobotlar" in app.get(f"{address}?q=ҳисобот", headers=coordinator).body
    assert "Nothing has these words" in app.get(f"{address}?q=zzz", headers=coordinator).body
    app.post(address, headers=coordinator, data={"dataset": dataset["id"]})
    (link,) = state("any")
    assert (link["how"], link["obligation"]["id"]) == ("chosen", owed["id"])
    other = act("roadmap_unmatched_obligation_list", q="F-02")["obligations"][0]
    address = f"/compliance/matching/dataset/{dataset['id']}"
    assert "F-02" in app.get(f"{address}?q=f-02", headers=coordinator).body
    app.post(address, headers=coordinator, data={"obligation": other["id"]})
    assert len(state("any")) == 2


def test_a_coordinator_revokes_on_the_page_of_links(app, proposed, coordinator, officer):
    act("roadmap_publication_confirm", id=proposed)
    assert "/revoke" not in app.get("/compliance/matching/links", headers=officer).body
    assert "/revoke" in app.get("/compliance/matching/links", headers=coordinator).body
    address = f"/compliance/matching/{proposed}/revoke"
    empty = app.post(address, headers=coordinator, data={"reason": " ", "from": "links"})
    assert len(state("any")) == 1, empty.body[:200]
    app.post(address, headers=coordinator, data={"reason": "Another year", "from": "links"})
    assert state("any") == []


def test_strangers_are_refused(app, proposed):
    stranger = {"Authorization": _token(factories.User()["name"])}
    for address in ("", "/datasets", "/links"):
        assert app.get(f"/compliance/matching{address}", headers=stranger, status=403)
    owed = act("roadmap_unmatched_obligation_list", q="F-02")["obligations"][0]["id"]
    assert app.get(f"/compliance/matching/obligation/{owed}", headers=stranger, status=404)
    assert app.post(f"/compliance/matching/{proposed}/confirm", headers=stranger, status=403)


def test_pages_of_datasets_and_items_tell_each_link_and_what_it_rests_on(app):
    owed = {one["body"]["name"]: one["id"] for one in waiting("F-02")}
    first, second = (factories.Dataset(title=f"Imtiyozlar {n}", owner_org="tax-committee") for n in (1, 2))
    rests = (
        ("tax-committee", first, "mapping", "Harvest mapping"),
        ("tax-committee", second, "passport", "passport"),
        ("ministry-finance", first, "identifier", "identifier"),
    )
    for body, dataset, how, _words in rests:
        publications.link(model.Session(), clock.now(), owed[body], dataset["id"], None, "x", how)
    model.Session.commit()
    item = BeautifulSoup(app.get("/en/approved-list/F-02").body, "html.parser").select_one(".roadmap-owed")
    rows = {row.a.text: row.text for row in item.select("li")}
    box = BeautifulSoup(app.get(f"/en/dataset/{first['name']}").body, "html.parser")
    told = box.select_one("[aria-labelledby=compliance-box]").text
    for body, dataset, _how, words in rests:
        title = act("roadmap_body_show", name=body)["title"]["en"]
        assert dataset["title"] in rows[title]
        assert words in rows[title]
        assert (words in told) is (dataset is first)
    assert told.count("F-02") == 2, "one dataset answers both"


def waiting(item):
    return act("roadmap_unmatched_obligation_list", q=item)["obligations"]
